//! Proposals for services without categories: what they rest on, what is left alone, and whether they are as sure as
//! they say.

use crate::fixture::Folder;
use crate::fixture::generated;
use proptest::prelude::*;
use signpost::dataset::{NothingBefore, read};
use signpost::model::{Code, Directory, Status};
use signpost::tagging::{Column, Proposal, propose, sheet};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::process::Command;

fn directory(folder: &Folder) -> Directory {
    let reading = read(folder.path(), &NothingBefore).unwrap();
    assert_eq!(reading.errors, 0, "{:?}", reading.problems);
    reading.directory
}

/// Four services that say what they are and have no categories; one says "women only" and states no audience.
fn untagged() -> Folder {
    Folder::minimal()
        .replace_in("services.csv", "gardening;volunteering", "")
        .replace_in("services.csv", "active,housing,", "active,,")
        .replace_in("services.csv", "peer_support", "")
        .replace_in("services.csv", "A weekly group for women", "A weekly group: women only")
        .replace_in("services.csv", ",,women,parents,", ",,,,")
}

fn as_csv(proposals: &[Proposal]) -> String {
    let mut text = Vec::new();
    sheet::write(proposals, &mut text).unwrap();
    String::from_utf8(text).unwrap().replace("\r\n", "\n")
}

#[test]
fn a_proposal_names_the_words_it_rests_on() {
    insta::assert_snapshot!(as_csv(&propose(&directory(&untagged()))));
}

#[test]
fn what_is_stated_is_left_alone_and_so_is_what_is_closed() {
    let stated = directory(&Folder::minimal());
    let proposals = propose(&stated);
    assert!(proposals.iter().all(|proposal| matches!(proposal.column, Column::OnlyFor | Column::Welcomes)));
    assert!(!proposals.iter().any(|proposal| proposal.service.as_str() == "women-together"), "it says for whom it is");
    let mut closed = directory(&untagged());
    closed.services.iter_mut().for_each(|service| service.status = Status::Closed);
    assert_eq!(propose(&closed), []);
}

/// What was proposed for services whose codes were hidden: how sure, and whether it was right.
#[derive(Default)]
struct Proposed {
    told: Vec<(f64, bool)>,
    /// How many codes were hidden.
    stated: usize,
}

/// The sample with the categories and audiences of every n-th service hidden, `n` times over: what was proposed of
/// categories, and of audiences.
fn hidden_and_proposed(sample: &Directory, n: usize) -> (Proposed, Proposed) {
    let (mut categories, mut audiences) = (Proposed::default(), Proposed::default());
    for fold in 0..n {
        let mut hidden = sample.clone();
        let of_fold = |at: usize| at % n == fold;
        for service in hidden.services.iter_mut().enumerate().filter(|(at, _)| of_fold(*at)).map(|(_, service)| service)
        {
            service.categories.clear();
            service.only_for.clear();
            service.welcomes.clear();
        }
        let mut proposals: HashMap<String, Vec<Proposal>> = HashMap::new();
        for proposal in propose(&hidden) {
            proposals.entry(proposal.service.to_string()).or_default().push(proposal);
        }
        let services = sample.services.iter().enumerate().filter(|(at, _)| of_fold(*at)).map(|(_, service)| service);
        for service in services.filter(|service| service.status != Status::Closed) {
            let here = proposals.remove(service.id.as_str()).unwrap_or_default();
            let hold = |against: &mut Proposed, columns: &[Column], codes: Vec<&Code>| {
                against.stated += codes.len();
                let of_columns = here.iter().filter(|proposal| columns.contains(&proposal.column));
                let right = |proposal: &Proposal| codes.iter().any(|code| code.as_str() == proposal.code);
                against.told.extend(of_columns.map(|proposal| (proposal.confidence, right(proposal))));
            };
            hold(&mut categories, &[Column::Categories], service.categories.iter().collect());
            let whom = service.only_for.iter().chain(&service.welcomes).collect();
            hold(&mut audiences, &[Column::OnlyFor, Column::Welcomes], whom);
        }
    }
    (categories, audiences)
}

/// Share that was right of the proposals from `from` to `to`, how sure they were on average, and their number.
fn between(proposed: &[(f64, bool)], from: f64, to: f64) -> (f64, f64, usize) {
    let here: Vec<&(f64, bool)> = proposed.iter().filter(|(sure, _)| (from..to).contains(sure)).collect();
    let count = here.len();
    let right = here.iter().filter(|(_, right)| *right).count() as f64 / count.max(1) as f64;
    (right, here.iter().map(|(sure, _)| sure).sum::<f64>() / count.max(1) as f64, count)
}

#[test]
fn proposals_are_as_sure_as_they_say() {
    let sample = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory"), &NothingBefore).unwrap().directory;
    // A fifth hidden at a time, and all of them at once; the least share of what is hidden that is proposed.
    for (folds, of_categories, of_audiences) in [(5, 0.45, 0.25), (1, 0.40, 0.15)] {
        let (categories, audiences) = hidden_and_proposed(&sample, folds);
        for (kind, proposed, least) in
            [("categories", categories, of_categories), ("audiences", audiences, of_audiences)]
        {
            for (from, to) in [(0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.0)] {
                let (right, sure, count) = between(&proposed.told, from, to);
                // Two standard errors of a share among so many, and a little for what the weights were set on.
                let margin = 0.05 + 2.0 * (sure * (1.0 - sure) / count.max(1) as f64).sqrt();
                assert!(count < 10 || right >= sure - margin, "{kind} {folds} {from}: {right} right, {sure} sure");
            }
            let found = proposed.told.iter().filter(|(_, right)| *right).count() as f64 / proposed.stated as f64;
            assert!(found >= least, "{kind} {folds}: only {found} are proposed");
        }
    }
}

#[test]
fn the_command_writes_a_csv_and_changes_nothing() {
    let folder = untagged();
    let before = folder.text("services.csv");
    let out = folder.file("proposals.csv");
    let run = |arguments: &[&str]| {
        let command =
            Command::new(env!("CARGO_BIN_EXE_signpost")).arg("check").arg(folder.path()).args(arguments).output();
        let output = command.unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    };
    let (code, stdout, stderr) = run(&["--suggest"]);
    assert_eq!((code, stdout.lines().next()), (0, Some("service_id,column,code,name,confidence,because")));
    assert!(stderr.contains("nothing was changed\nhelp: "), "{stderr}");
    let (_, nothing, _) = run(&["--suggest", "--out", out.to_str().unwrap()]);
    assert_eq!((nothing.as_str(), folder.text("proposals.csv").replace("\r\n", "\n")), ("", stdout));
    assert_eq!(folder.text("services.csv"), before);
    let (code, _, stderr) = run(&["--out", "x.csv"]);
    assert!(code == 1 && stderr.contains("--suggest"), "{code} {stderr}");
}

proptest! {
    /// Whatever a directory says: every code exists, is proposed once, and only where nothing is stated.
    #[test]
    fn proposals_fit_the_directory(services in prop::collection::vec(generated::a_service(), 0..12)) {
        let folder = generated::folder(services.iter().enumerate());
        let mut directory = read(folder.path(), &NothingBefore).unwrap().directory;
        for service in directory.services.iter_mut().step_by(2) {
            service.categories.clear();
        }
        let proposals = propose(&directory);
        let mut seen = HashSet::new();
        for proposal in &proposals {
            prop_assert!((0.0..=1.0).contains(&proposal.confidence) && !proposal.because.is_empty());
            prop_assert!(seen.insert((proposal.service.clone(), proposal.column.name(), proposal.code.clone())));
            let service = directory.services.iter().find(|service| service.id == proposal.service).unwrap();
            let known = match proposal.column {
                Column::Categories => {
                    prop_assert!(service.categories.is_empty());
                    directory.categories.iter().any(|row| row.code.as_str() == proposal.code)
                }
                Column::Goals => directory.goals.iter().any(|row| row.code.as_str() == proposal.code),
                Column::OnlyFor | Column::Welcomes => {
                    prop_assert!(service.only_for.is_empty() && service.welcomes.is_empty());
                    directory.audiences.iter().any(|row| row.code.as_str() == proposal.code)
                }
            };
            prop_assert!(known);
        }
    }
}
