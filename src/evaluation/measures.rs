//! What is counted of a ranking, and how sure a mean is.
//!
//! A ranking is the grades of its services, in order; `judged` are the grades of all services that were judged.

/// From this grade on a service is clearly useful: precision, the reciprocal rank, recall and coverage ask for that.
pub const USEFUL: u8 = 2;
/// How many drawings of the queries a bootstrap interval rests on: its ends are steady to about 0.002.
const DRAWINGS: usize = 2_000;
/// Any number will do, as long as it stays the same.
const SEED: u64 = 20_261_123;

/// Normalised discounted cumulated gain of the first `depth`: a service gains 2^grade − 1, divided by log2(rank + 1),
/// and the sum is divided by that of the best ranking there could be. (Järvelin and Kekäläinen, “Cumulated gain-based
/// evaluation of IR techniques”, ACM TOIS 20(4), 2002; with the gain that gives high grades more weight.)
pub fn ndcg(ranking: &[u8], judged: &[u8], depth: usize) -> f64 {
    let mut best = judged.to_vec();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let ideal = gain(&best, depth);
    if ideal > 0.0 { gain(ranking, depth) / ideal } else { 0.0 }
}

fn gain(grades: &[u8], depth: usize) -> f64 {
    let discounted = |(at, grade): (usize, &u8)| ((1_u32 << grade) - 1) as f64 / (at as f64 + 2.0).log2();
    // An empty sum of floats would be −0.
    grades.iter().take(depth).enumerate().map(discounted).fold(0.0, |sum, gain| sum + gain)
}

/// Share of the useful services that are among the first `depth`; none if nothing is useful.
pub fn recall(ranking: &[u8], judged: &[u8], depth: usize) -> Option<f64> {
    let useful = |grades: &[u8]| grades.iter().filter(|grade| **grade >= USEFUL).count();
    let all = useful(judged);
    (all > 0).then(|| useful(&ranking[..depth.min(ranking.len())]) as f64 / all as f64)
}

/// One divided by the rank of the first useful service; 0 if there is none.
pub fn reciprocal_rank(ranking: &[u8]) -> f64 {
    ranking.iter().position(|grade| *grade >= USEFUL).map_or(0.0, |at| 1.0 / (at as f64 + 1.0))
}

/// Average precision over the whole ranking: the mean, over the useful services, of the share of useful ones down to
/// each of them; one that is not in the ranking counts 0. None if nothing is useful.
pub fn average_precision(ranking: &[u8], judged: &[u8]) -> Option<f64> {
    let all = judged.iter().filter(|grade| **grade >= USEFUL).count();
    let mut seen = 0_usize;
    let mut sum = 0.0;
    for (at, _) in ranking.iter().enumerate().filter(|(_, grade)| **grade >= USEFUL) {
        seen += 1;
        sum += seen as f64 / (at as f64 + 1.0);
    }
    (all > 0).then(|| sum / all as f64)
}

/// Share of a profile's goals that are served among the first `depth` options, by one that says that it serves the
/// goal and that was judged useful. `options` are the grade of each option and the goals it says it serves.
pub fn coverage(options: &[(u8, Vec<usize>)], goals: usize, depth: usize) -> f64 {
    let served =
        |goal: usize| options.iter().take(depth).any(|(grade, serves)| *grade >= USEFUL && serves.contains(&goal));
    (0..goals).filter(|goal| served(*goal)).count() as f64 / goals.max(1) as f64
}

/// The mean; none of nothing.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Between which numbers the mean lies for 95 of 100 sets of queries like this one: the percentile bootstrap over
/// queries. The same values always give the same interval.
pub fn interval(values: &[f64]) -> Option<(f64, f64)> {
    let count = values.len();
    if count == 0 {
        return None;
    }
    let mut draw = Draw(SEED);
    let mut means: Vec<f64> =
        (0..DRAWINGS).map(|_| (0..count).map(|_| values[draw.below(count)]).sum::<f64>() / count as f64).collect();
    means.sort_unstable_by(f64::total_cmp);
    Some((means[DRAWINGS * 25 / 1000], means[DRAWINGS * 975 / 1000 - 1]))
}

/// SplitMix64 (Steele, Lea and Flood 2014): enough for drawing, and in four lines.
struct Draw(u64);

impl Draw {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) % count as u64) as usize
    }
}
