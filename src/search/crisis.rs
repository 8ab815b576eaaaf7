//! Help that is shown first when somebody's words speak of a crisis: by the directory's own reviewed list.

use super::answer::CrisisHelp;
use crate::index::Snapshot;
use crate::index::analysis::{stem, words};

/// The help whose words stand in the text, in the order of `crisis.csv`, each once.
pub fn help_for(text: &str, snapshot: &Snapshot) -> Vec<CrisisHelp> {
    let text = stems(text);
    let rows = snapshot.vocabulary().crisis.iter();
    let speaks_of = |phrase: &String| {
        let phrase = stems(phrase);
        phrase.len() > 1 && text.contains(&phrase)
    };
    rows.filter(|row| row.words.iter().any(speaks_of))
        .map(|row| {
            let service_id = row.service_id.clone();
            let number = service_id.as_ref().and_then(|id| snapshot.service_number(id.as_str()));
            CrisisHelp {
                message: row.message.clone(),
                phone: row.phone.clone(),
                service_name: number.and_then(|number| snapshot.record(number)).map(|record| record.service.name),
                service_id,
            }
        })
        .collect()
}

/// The stems of all words, each with a space on both sides, so that only whole words are found. No word is left out:
/// "seeing things" is not "see".
fn stems(text: &str) -> String {
    words(text).iter().fold(" ".to_string(), |all, word| all + &stem(&word.text) + " ")
}
