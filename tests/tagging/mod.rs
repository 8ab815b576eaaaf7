//! Proposals for services without categories: what they rest on, what is left alone, and whether they are as sure as
//! they say.

use crate::fixture::Folder;
use crate::fixture::generated;
use proptest::prelude::*;
use signpost::dataset::{NothingBefore, read};
use signpost::model::{Directory, Status};
use signpost::tagging::{Column, Proposal, propose, sheet};
use std::collections::HashSet;
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

/// The sample with the categories and audiences of every n-th service hidden, `n` times over, and what was proposed for
/// the hidden ones: how sure, and whether it was right.
fn hidden_and_proposed(n: usize, columns: &[Column]) -> (Vec<(f64, bool)>, usize) {
    let sample = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory"), &NothingBefore).unwrap().directory;
    let (mut proposed, mut stated) = (Vec::new(), 0);
    for fold in 0..n {
        let mut hidden = sample.clone();
        let of_fold = |at: usize| at % n == fold;
        for service in hidden.services.iter_mut().enumerate().filter(|(at, _)| of_fold(*at)).map(|(_, service)| service)
        {
            service.categories.clear();
            service.only_for.clear();
            service.welcomes.clear();
        }
        let proposals = propose(&hidden);
        for (_, service) in sample.services.iter().enumerate().filter(|(at, _)| of_fold(*at)) {
            let codes = match columns {
                [Column::Categories] => service.categories.clone(),
                _ => service.only_for.iter().chain(&service.welcomes).cloned().collect(),
            };
            let codes: HashSet<&str> = codes.iter().map(|code| code.as_str()).collect();
            let of_service =
                |proposal: &&Proposal| proposal.service == service.id && columns.contains(&proposal.column);
            let told = |proposal: &Proposal| (proposal.confidence, codes.contains(proposal.code.as_str()));
            if service.status != Status::Closed {
                stated += codes.len();
                proposed.extend(proposals.iter().filter(of_service).map(told));
            }
        }
    }
    (proposed, stated)
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
    let audiences = [Column::OnlyFor, Column::Welcomes];
    // The kind, how many folds (1: every service hidden), and the least share of what is stated that is proposed.
    let cases: [(&[Column], usize, f64); 4] = [
        (&[Column::Categories], 5, 0.40),
        (&[Column::Categories], 1, 0.30),
        (&audiences, 5, 0.25),
        (&audiences, 1, 0.15),
    ];
    for (columns, folds, recall) in cases {
        let (proposed, stated) = hidden_and_proposed(folds, columns);
        for (from, to) in [(0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.0)] {
            let (right, sure, count) = between(&proposed, from, to);
            // Two standard errors of a share among so many, and a little for what the weights were set on.
            let margin = 0.05 + 2.0 * (sure * (1.0 - sure) / count.max(1) as f64).sqrt();
            assert!(count < 10 || right >= sure - margin, "{columns:?} {folds} {from}: {right} right, {sure} sure");
        }
        let found = proposed.iter().filter(|(_, right)| *right).count() as f64 / stated as f64;
        assert!(found >= recall, "{columns:?} {folds}: only {found} are proposed");
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
