//! Help that is shown first when somebody's words speak of a crisis: by the directory's own reviewed list.

use super::answer::CrisisHelp;
use crate::index::Snapshot;
use crate::index::analysis::words;
use crate::index::lexicon::phrase_key;

/// The help whose words stand in the text, in the order of `crisis.csv`, each once.
pub fn help_for(text: &str, snapshot: &Snapshot) -> Vec<CrisisHelp> {
    let typed: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
    if typed.is_empty() {
        return Vec::new();
    }
    let text = padded(&phrase_key(typed.iter().map(String::as_str)));
    let rows = snapshot.vocabulary().crisis.iter();
    let speaks_of = |phrase: &String| {
        let phrase: Vec<String> = words(phrase).into_iter().map(|word| word.text).collect();
        let key = phrase_key(phrase.iter().map(String::as_str));
        !key.is_empty() && text.contains(&padded(&key))
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

/// With a space on each side, so that only whole words are found.
fn padded(key: &str) -> String {
    format!(" {key} ")
}
