//! How near what a service's texts mean is to what each code means.

use super::texts::Text;
use crate::index::analysis::words;
use crate::meaning::{Sum, Vector};

/// The directions of a kind of codes, in the order of their numbers; none for a code that is not to be proposed.
pub(super) struct Directions(Vec<Option<Vector>>);

impl Directions {
    /// Each code by its name and words.
    pub fn of<'a>(codes: impl Iterator<Item = Option<(&'a str, &'a [String])>>) -> Self {
        let direction = |(name, phrases): (&str, &[String])| {
            let mut sum = Sum::default();
            for phrase in phrases.iter().map(String::as_str).chain([name]) {
                sum.add(words(phrase).iter().map(|word| word.text.as_str()), 1.0);
            }
            sum.vector()
        };
        Self(codes.map(|code| code.and_then(direction)).collect())
    }

    /// For each code, by how many standard deviations it is nearer to the texts than the mean of all; nothing if the
    /// texts say nothing.
    pub fn nearness(&self, texts: &[Text]) -> Vec<(u16, f64)> {
        let mut sum = Sum::default();
        for text in texts {
            sum.add(text.words.iter().map(String::as_str), 2.0 * text.weight as f32);
        }
        let Some(direction) = sum.vector() else { return Vec::new() };
        let likeness = |(at, code): (usize, &Option<Vector>)| {
            Some((at as u16, f64::from(direction.likeness(code.as_ref()?).cosine())))
        };
        let likeness: Vec<(u16, f64)> = self.0.iter().enumerate().filter_map(likeness).collect();
        let count = likeness.len().max(1) as f64;
        let mean = likeness.iter().map(|(_, like)| like).sum::<f64>() / count;
        let deviation = (likeness.iter().map(|(_, like)| (like - mean).powi(2)).sum::<f64>() / count).sqrt();
        if deviation <= 0.0 {
            return Vec::new();
        }
        likeness.into_iter().map(|(code, like)| (code, (like - mean) / deviation)).collect()
    }
}
