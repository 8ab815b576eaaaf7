//! The measures on examples worked by hand, files with faults in them, and a floor under the sample directory.
//!
//! What the judged set is, and how it was made, stands in `README.md` beside this file.

use crate::fixture::Folder;
use crate::fixture::served::{GAZETTEER, Served, now};
use crate::search::sample::SAMPLE;
use jiff::civil::date;
use signpost::evaluation::measures::{average_precision, coverage, interval, mean, ndcg, recall, reciprocal_rank};
use signpost::evaluation::{Half, Judged, Report, ablation, evaluate};
use signpost::search::{Circumstances, Uses};
use std::process::Command;

const PROFILES: &str = include_str!("profiles.json");
const JUDGEMENTS: &str = include_str!("judgements.tsv");
const REAL_QUESTIONS: &str = include_str!("real/questions.json");
const REAL_JUDGEMENTS: &str = include_str!("real/judgements.tsv");
const REAL_RECORDS: &str = include_str!("real/records.txt");

/// A little below what is measured. Who raises a number here has made the search better; nobody lowers one without
/// saying why.
const FLOORS: [(&str, f64); 6] =
    [("keyword", 0.88), ("lay", 0.55), ("misspelt", 0.85), ("goal", 0.46), ("goals", 0.69), ("all", 0.66)];

fn measured() -> Report {
    let judged = Judged::read(("profiles.json", PROFILES), ("judgements.tsv", JUDGEMENTS)).unwrap();
    assert!(judged.missing(|id| SAMPLE.service_number(id).is_some()).is_empty(), "every graded service is there");
    let now = date(2026, 11, 23).at(10, 0, 0, 0);
    let circumstances = Circumstances { gazetteer: &GAZETTEER, now, out_of_time: &|| false, uses: Uses::ALL };
    evaluate(&SAMPLE, &judged, &circumstances).unwrap()
}

#[test]
fn the_answers_are_as_good_as_they_were() {
    let report = measured();
    for (row, (kind, floor)) in report.kinds.iter().zip(FLOORS) {
        assert_eq!(row.kind, kind);
        assert!(row.ndcg_10 >= floor, "{kind}: nDCG@10 fell to {}, below {floor}", row.ndcg_10);
        assert!(row.ndcg_10 > row.bm25_ndcg_10, "{kind}: plain BM25 is better: {row:?}");
        assert!(row.interval.0 <= row.ndcg_10 && row.ndcg_10 <= row.interval.1, "{row:?}");
    }
    assert_eq!(report.kinds.len(), FLOORS.len());
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[test]
fn gain_is_discounted_and_held_against_the_best_there_could_be() {
    // A 3 gains 7, a 2 gains 3, a 1 gains 1; the discounts of the first ranks are 1, log2(3) and 2.
    let best = 7.0 + 3.0 / 3_f64.log2() + 1.0 / 2.0;
    let got = 1.0 + 7.0 / 2.0;
    assert!(near(ndcg(&[1, 0, 3], &[3, 2, 1], 10), got / best));
    assert!(near(ndcg(&[3, 2, 1], &[1, 2, 3], 10), 1.0));
    assert!(near(ndcg(&[0, 3], &[3], 1), 0.0), "the second is beyond the depth");
    assert!(near(ndcg(&[], &[3], 10), 0.0) && ndcg(&[], &[3], 10).is_sign_positive());
    assert!(near(ndcg(&[0], &[], 10), 0.0), "nothing could be gained");
}

#[test]
fn recall_rank_and_coverage_ask_for_useful_services() {
    assert_eq!(recall(&[2, 1, 3, 2], &[3, 2, 2, 2, 1], 3), Some(0.5));
    assert_eq!(recall(&[1], &[1, 1], 20), None, "nothing useful was judged");
    assert!(near(reciprocal_rank(&[0, 1, 2]), 1.0 / 3.0));
    assert!(near(reciprocal_rank(&[1, 1]), 0.0));
    // Useful at ranks 1 and 3 of three that there are: (1/1 + 2/3 + 0) / 3.
    assert!(near(average_precision(&[3, 1, 2], &[3, 2, 2, 1]).unwrap(), (1.0 + 2.0 / 3.0) / 3.0));
    assert_eq!(average_precision(&[1], &[1, 1]), None, "nothing useful was judged");
    // Goal 0 by a useful option, goal 1 by a useless one, goal 2 too late.
    let options = [(3, vec![0]), (1, vec![1]), (3, vec![2])];
    assert!(near(coverage(&options, 3, 2), 1.0 / 3.0));
}

#[test]
fn an_interval_holds_the_mean_and_is_the_same_each_time() {
    let values: Vec<f64> = (0..50).map(|at| f64::from(at % 5) / 4.0).collect();
    let (low, high) = interval(&values).unwrap();
    let middle = mean(&values).unwrap();
    // The standard error of these fifty is 0.05: the interval is about two of them to each side.
    assert!(middle - low > 0.06 && middle - low < 0.14 && high - middle > 0.06 && high - middle < 0.14, "{low} {high}");
    assert_eq!(interval(&values), Some((low, high)));
    assert_eq!(interval(&[0.5]), Some((0.5, 0.5)));
    assert_eq!(interval(&[]), None);
}

const QUESTION: &str = r#"[{"id": "q1", "kind": "lay", "ask": {"q": "tea"}}]"#;
const GRADES: &str = "query\tservice\tgrade\nq1\twomen-together\t3\n";

#[test]
fn every_fault_names_its_file_and_line_and_its_cure() {
    let told = |questions: &str, grades: &str| {
        let broken = Judged::read(("profiles.json", questions), ("judgements.tsv", grades)).unwrap_err();
        format!("{broken}\n  = help: {}\n", broken.help)
    };
    let two = |second: &str| format!("[\n {{\"id\": \"q1\", \"kind\": \"lay\", \"ask\": {{}}}},\n {second}\n]");
    let faults = [
        told("[{\"id\": ", GRADES),
        told("[]", GRADES),
        told(&two(r#"{"id": "q2", "kind": "lay", "asks": {}}"#), GRADES),
        told(&two(r#"{"id": "q2", "kind": "lay"}"#), GRADES),
        told(&two(r#"{"id": "q2", "kind": "lay", "ask": {}, "profile": {}}"#), GRADES),
        told(&two(r#"{"id": "q2", "kind": "lay", "ask": {"agee": 3}}"#), GRADES),
        told(&two(r#"{"id": "q1", "kind": "lay", "ask": {}}"#), GRADES),
        told(QUESTION, "query,service,grade\n"),
        told(QUESTION, "query\tservice\tgrade\nq1\twomen-together\n"),
        told(QUESTION, "query\tservice\tgrade\nq7\twomen-together\t3\n"),
        told(QUESTION, "query\tservice\tgrade\r\nq1\twomen-together\t4\r\n"),
        told(QUESTION, "query\tservice\tgrade\nq1\ta\t1\nq1\ta\t2\n"),
        told(QUESTION, "query\tservice\tgrade\nq1\ta\t0\n"),
    ];
    insta::assert_snapshot!(faults.concat());
}

#[test]
fn the_set_of_real_records_is_whole_and_has_two_halves() {
    let judged = Judged::read(("questions.json", REAL_QUESTIONS), ("judgements.tsv", REAL_JUDGEMENTS)).unwrap();
    let records: Vec<String> = REAL_RECORDS.lines().map(str::to_lowercase).collect();
    assert!(judged.missing(|id| records.iter().any(|record| record == id)).is_empty(), "graded, but not chosen");
    let tune = judged.clone().half(Half::Tune).unwrap();
    let test = judged.clone().half(Half::Test).unwrap();
    assert_eq!(tune.queries.len() + test.queries.len(), judged.queries.len(), "every question is for one of the two");
    for kind in ["keyword", "lay", "misspelt", "goal"] {
        let count = |judged: &Judged| judged.queries.iter().filter(|query| query.kind == kind).count();
        assert!(count(&judged) >= 15 && count(&tune).abs_diff(count(&test)) <= 2, "{kind} is uneven");
    }
}

#[test]
fn a_half_that_no_question_has_is_none() {
    let judged = Judged::read(("p", QUESTION), ("j", GRADES)).unwrap();
    assert!(judged.half(Half::Tune).is_none());
}

/// A misspelt word, and a word that only the thesaurus knows.
#[test]
fn the_ablation_shows_what_each_part_is_worth() {
    let folder = Served::new(Folder::minimal().with("thesaurus.csv", "words,means\nwetleaf,tea\n"));
    let questions = r#"[{"id": "x", "kind": "misspelt", "ask": {"q": "alotment"}},
                        {"id": "l", "kind": "lay", "ask": {"q": "wetleaf"}}]"#;
    let grades = "x 0 allotment-mornings 3\nl 0 women-together 3\nl 0 allotment-mornings 2\n";
    let judged = Judged::read(("p", questions), ("j", grades)).unwrap();
    let circumstances = Circumstances { gazetteer: &GAZETTEER, now: now(), out_of_time: &|| false, uses: Uses::ALL };
    let steps = ablation(&folder.snapshot, &judged, &circumstances).unwrap();
    let of = |part: &str, kind: &str| {
        let step = steps.iter().find(|step| step.part == part).unwrap();
        step.kinds.iter().find(|mean| mean.kind == kind).unwrap().clone()
    };
    assert!(near(of("text", "misspelt").ndcg_10, 0.0) && of("spelling", "misspelt").ndcg_10 > 0.5);
    assert!(near(of("spelling", "lay").ndcg_10, 0.0) && of("vocabulary", "lay").ndcg_10 > 0.5);
    let all = evaluate(&folder.snapshot, &judged, &circumstances).unwrap().kinds.last().unwrap().ndcg_10;
    assert!(near(of("categories", "all").ndcg_10, all), "the last step is everything");
    assert_eq!(of("text", "all").gain, None);
    assert!(of("spelling", "misspelt").gain.unwrap().0 > 0.5);
}

#[test]
fn the_qrels_of_trec_are_read_as_well() {
    let folder = Served::new(Folder::minimal());
    let circumstances = Circumstances { gazetteer: &GAZETTEER, now: now(), out_of_time: &|| false, uses: Uses::ALL };
    let of = |grades: &str| {
        let judged = Judged::read(("p", QUESTION), ("j", grades)).unwrap();
        evaluate(&folder.snapshot, &judged, &circumstances).unwrap().queries
    };
    let (ours, trec) = (of(GRADES), of("q1 0 women-together 3\n"));
    assert_eq!(ours[0].first, trec[0].first);
    assert!(ours[0].ndcg_10 > 0.6);
}

#[test]
fn the_command_prints_a_table_and_says_what_is_wrong() {
    let folder = Folder::minimal().with("p.json", QUESTION).with("j.tsv", &(GRADES.to_string() + "q1\tgone\t1\n"));
    let bad = Folder::minimal()
        .with("p.json", r#"[{"id": "q1", "kind": "lay", "ask": {"q": "tea", "sort": "size"}}]"#)
        .with("j.tsv", GRADES);
    let mut told = String::new();
    for folder in [&folder, &bad] {
        let index = tempfile::tempdir().unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_signpost"))
            .arg("evaluate")
            .args([folder.file("j.tsv"), folder.file("p.json")])
            .args(["--queries", "--now", "2026-11-23T10:00", "--directory"])
            .arg(folder.path())
            .arg("--index")
            .arg(index.path())
            .output()
            .unwrap();
        told += &format!(
            "exit: {}\n--- stdout\n{}--- stderr\n{}",
            output.status.code().unwrap(),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    insta::assert_snapshot!(told);
}
