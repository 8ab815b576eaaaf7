//! Help that is shown first when somebody's words speak of a crisis: by the directory's own reviewed list.

use super::answer::CrisisHelp;
use crate::index::Snapshot;
use crate::index::spoken::Spoken;

/// The help whose words stand in the text, in the order of `crisis.csv`, each once.
pub fn help_for(text: &str, snapshot: &Snapshot) -> Vec<CrisisHelp> {
    rows_spoken_of(text, snapshot)
        .into_iter()
        .map(|row| {
            let row = &snapshot.vocabulary().crisis[row];
            let service_id = row.service_id.clone();
            let number = service_id.as_ref().and_then(|id| snapshot.service_number(id.as_str()));
            CrisisHelp {
                message: row.message.clone(),
                phone: row.phone.clone(),
                service_name: number.and_then(|number| snapshot.service_row(number)).map(|service| service.name),
                service_id,
            }
        })
        .collect()
}

/// The rows of `crisis.csv` whose words stand in the text, by number.
pub(super) fn rows_spoken_of(text: &str, snapshot: &Snapshot) -> Vec<usize> {
    let text = Spoken::new(text);
    let rows = snapshot.lexicon().crisis_phrases().iter().enumerate();
    rows.filter(|(_, phrases)| phrases.iter().any(|phrase| text.says(phrase))).map(|(row, _)| row).collect()
}
