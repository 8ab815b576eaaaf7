//! Codes of closed lists, yes and no, languages; and which code was probably meant.

use super::{Cell, not_an_id, plain, remarked, slug};
use crate::dataset::catalogue::{NOT_A_LANGUAGE, NOT_YES_NO, OTHER_SPELLING, UNKNOWN_CODE};
use crate::dataset::problems::{Finding, shown};
use crate::model::{Code, Coded};

/// A code of a closed list. `Drop in` is taken for `drop_in`, with a warning.
pub(in crate::dataset) fn code<T: Coded>(text: &str) -> Cell<T> {
    if let Some(value) = T::from_code(text) {
        return plain(value);
    }
    let folded = fold(text);
    let same = |value: &T| fold(value.code()) == folded || (yes_word(text) == Some(true) && value.code() == "yes");
    let same = |value: &T| same(value) || (yes_word(text) == Some(false) && value.code() == "no");
    if let Some(value) = T::ALL.iter().copied().find(same) {
        return remarked(value, other_spelling(text, value.code()));
    }
    let codes: Vec<&str> = T::ALL.iter().map(|value| value.code()).collect();
    let finding = Finding::new(&UNKNOWN_CODE, format!("`{}` is not one of {}", shown(text), listed(&codes)));
    Err(match nearest(text, codes.iter().copied()) {
        Some(code) => finding.help(format!("did you mean `{code}`?")),
        None => finding,
    })
}

/// A code of an open list: anything that is a code, but not a slip in writing one of the usual ones.
pub(in crate::dataset) fn open_code(text: &str, usual: &[&str]) -> Cell<Code> {
    let folded = fold(text);
    let same = usual.iter().find(|code| **code == folded);
    if let (Some(code), true) = (same, folded != text)
        && let Ok(value) = Code::new(code)
    {
        return remarked(value, other_spelling(text, code));
    }
    if same.is_none()
        && let Some(near) = nearest(text, usual.iter().copied())
    {
        let finding =
            Finding::new(&UNKNOWN_CODE, format!("`{}` is nearly `{near}`, and not a code we know", shown(text)));
        return Err(finding.help(format!("did you mean `{near}`?")));
    }
    Code::new(text).map_or_else(|error| Err(not_an_id(text, error)), plain)
}

/// `a`, `b` or `c`.
fn listed(codes: &[&str]) -> String {
    let quoted: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// That a code was understood although it is written in another way.
pub(in crate::dataset) fn other_spelling(text: &str, code: &str) -> Finding {
    Finding::new(&OTHER_SPELLING, format!("`{}` was read as `{code}`", shown(text))).help(format!("write `{code}`"))
}

/// What two spellings of one code have in common.
pub(in crate::dataset) fn fold(text: &str) -> String {
    slug(text, '_').replace('-', "_")
}

fn yes_word(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "y" | "true" | "1" => Some(true),
        "no" | "n" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// `yes` or `no`; what spreadsheets make of them is understood, with a warning.
pub(in crate::dataset) fn yes_no(text: &str) -> Cell<bool> {
    match (text, yes_word(text)) {
        ("yes", _) => plain(true),
        ("no", _) => plain(false),
        (_, Some(value)) => remarked(value, other_spelling(text, if value { "yes" } else { "no" })),
        (_, None) => Err(Finding::new(&NOT_YES_NO, format!("`{}` is neither `yes` nor `no`", shown(text)))
            .help("write `yes` or `no`, or leave it empty if nobody knows")),
    }
}

/// An ISO 639-1 code. `PL` and `Polish` are taken for `pl`, with a warning.
pub(in crate::dataset) fn language(text: &str) -> Cell<&'static str> {
    let lower = text.to_lowercase();
    let by_code = LANGUAGES.split_whitespace().find(|&code| code == lower);
    let by_name = LANGUAGE_NAMES.iter().find_map(|&(name, code)| (name == lower).then_some(code));
    match by_code.or(by_name) {
        Some(code) if code == text => plain(code),
        Some(code) => remarked(code, other_spelling(text, code)),
        None => {
            let finding = Finding::new(&NOT_A_LANGUAGE, format!("`{}` is not a two-letter language code", shown(text)));
            let near = nearest(&lower, LANGUAGE_NAMES.iter().map(|&(name, _)| name));
            let code = near.and_then(|near| LANGUAGE_NAMES.iter().find(|(name, _)| *name == near));
            Err(match code {
                Some((name, code)) => finding.help(format!("did you mean `{code}` ({name})?")),
                None => finding.help("for example `en` English, `cy` Welsh, `pl` Polish, `ur` Urdu"),
            })
        }
    }
}

/// The candidate that a misspelt text was probably meant to be: at most a third of its letters differ.
pub(in crate::dataset) fn nearest<'a>(text: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let text = fold(text);
    if text.is_empty() {
        return None;
    }
    let most = (text.len() / 3).clamp(1, 5);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.len().abs_diff(text.len()) > most {
            continue;
        }
        let distance = strsim::osa_distance(&text, &fold(candidate));
        if distance <= most && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The 183 codes of ISO 639-1.
const LANGUAGES: &str = "\
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo \
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka \
    kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng \
    nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su \
    sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Names that people write instead, of the languages most spoken in England and Wales (census of 2021).
const LANGUAGE_NAMES: [(&str, &str); 32] = [
    ("albanian", "sq"),
    ("amharic", "am"),
    ("arabic", "ar"),
    ("bengali", "bn"),
    ("bulgarian", "bg"),
    ("cantonese", "zh"),
    ("chinese", "zh"),
    ("czech", "cs"),
    ("english", "en"),
    ("farsi", "fa"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("gujarati", "gu"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("irish", "ga"),
    ("italian", "it"),
    ("kurdish", "ku"),
    ("lithuanian", "lt"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("punjabi", "pa"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("somali", "so"),
    ("spanish", "es"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("urdu", "ur"),
    ("welsh", "cy"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_code_is_near() {
        let codes = ["drop_in", "self", "professional"];
        assert_eq!(nearest("dropin", codes.into_iter()), Some("drop_in"));
        assert_eq!(nearest("proffesional", codes.into_iter()), Some("professional"));
        assert_eq!(nearest("gp", codes.into_iter()), None);
        assert_eq!(nearest("…", codes.into_iter()), None);
    }

    #[test]
    fn languages_are_all_there() {
        assert_eq!(LANGUAGES.split_whitespace().count(), 183);
        assert!(LANGUAGE_NAMES.iter().all(|(_, code)| LANGUAGES.split_whitespace().any(|known| known == *code)));
    }
}
