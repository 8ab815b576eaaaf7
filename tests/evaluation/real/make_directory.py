#!/usr/bin/env python3
"""Makes a directory of text alone out of open records of real organisations, to measure the answers on.

    make_directory.py records OUT    the records named in records.txt, for questions.json and judgements.tsv beside it
    make_directory.py ukcat OUT      the charities of ukcat_relevance, and OUT/questions.json and OUT/judgements.tsv

The records are read from --data (../shared/data, beside the project); none of their text is kept in the project. A
service has a name, a description and a place, and no categories: what an imported record has. The vocabulary is that
of --vocabulary (data/directory). OUT is emptied of what an earlier run left in it.
"""

import argparse
import csv
import json
import shutil
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[2]
# The files that every directory shares: what words mean.
VOCABULARY = ["areas.csv", "areas.geojson", "categories.csv", "audiences.csv", "goals.csv", "goal_categories.csv",
              "thesaurus.csv", "bank_holidays.csv"]
# A cell may have 8 KB.
LONGEST = 7_500
# Topics with fewer relevant charities say little, and with more are no topic; the published baselines are of these.
FEWEST, MOST = 5, 300
# What is relevant is just what was asked for: there are no other grades in that set.
RELEVANT = 3


def clean(text):
    """The text in one line, without what a cell may not hold."""
    text = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text or "")
    text = " ".join(text.replace("\ufffd", " ").split()).lstrip("=+-@ ")
    return text.encode()[:LONGEST].decode(errors="ignore")


def header(vocabulary, name):
    with open(vocabulary / name, newline="", encoding="utf-8-sig") as file:
        return next(csv.reader(file))


def write(out, vocabulary, name, rows):
    """A CSV with the columns that the file has in the sample; what a row does not give stays empty."""
    with open(out / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header(vocabulary, name))
        writer.writeheader()
        writer.writerows(rows)


def write_directory(out, vocabulary, records):
    organisations, services, locations, sessions = [], [], [], []
    for record in records:
        key = record["id"].lower()
        source = {"source": record["source"], "source_id": record["id"]}
        name = clean(record["name"])
        organisations.append({"id": key, "name": name, **source})
        services.append({"id": key, "organisation_id": key, "name": name, "status": "active",
                         "description": clean(record["description"]), **source})
        place = {}
        if record["lat"] is not None and record["lon"] is not None:
            place = {"latitude": record["lat"], "longitude": record["lon"]}
            locations.append({"id": key, "name": name, "postcode": record["postcode"], **place, **source})
        sessions.append({"service_id": key, "location_id": key if place else ""})
    write(out, vocabulary, "organisations.csv", organisations)
    write(out, vocabulary, "services.csv", services)
    write(out, vocabulary, "locations.csv", locations)
    write(out, vocabulary, "sessions.csv", sessions)
    write(out, vocabulary, "funds.csv", [])
    for name in VOCABULARY:
        if (vocabulary / name).exists():
            shutil.copyfile(vocabulary / name, out / name)
    with open(vocabulary / "crisis.csv", newline="", encoding="utf-8-sig") as file:
        crisis = list(csv.DictReader(file))
    # The services of the sample are not here; the numbers are.
    write(out, vocabulary, "crisis.csv", [{**row, "service_id": ""} for row in crisis if row["phone"]])
    package = json.loads((vocabulary / "datapackage.json").read_text(encoding="utf-8"))
    package.update(name="signpost-measured", title="Open records, for measuring")
    package.pop("description", None)
    (out / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=2), encoding="utf-8")


def json_lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def records(data):
    wanted = (HERE / "records.txt").read_text().split()
    found = {}
    for record in json_lines(data / "uk_organisations" / "uk_organisations.jsonl"):
        # Some are in two of the sources: the first counts.
        found.setdefault(record["id"], record)
    gone = [key for key in wanted if key not in found]
    if gone:
        raise SystemExit(f"not in uk_organisations: {', '.join(gone)}")
    return [found[key] for key in wanted]


def ukcat(data, out):
    folder = data / "ukcat_relevance"
    with open(folder / "queries.tsv", encoding="utf-8") as file:
        topics = [line.rstrip("\n").split("\t") for line in file if line.strip()]
    with open(folder / "qrels.tsv", encoding="utf-8") as file:
        judged = [line.split() for line in file if line.strip()]
    relevant = {}
    for topic, _, charity, grade in judged:
        if int(grade) > 0:
            relevant.setdefault(topic, []).append(charity)
    asked = [(code, name) for code, name, *_ in topics if FEWEST <= len(relevant.get(code, [])) <= MOST]
    questions = [{"id": code, "kind": "topic", "ask": {"q": name}} for code, name in asked]
    (out / "questions.json").write_text(json.dumps(questions, indent=1), encoding="utf-8")
    with open(out / "judgements.tsv", "w", encoding="utf-8") as file:
        for code, _ in asked:
            file.writelines(f"{code} 0 {charity.lower()} {RELEVANT}\n" for charity in relevant[code])
    return [{"source": "ukcat", "id": charity["id"], "name": charity["name"], "postcode": "", "lat": None, "lon": None,
             "description": f"{charity['activities']} {charity['objects']}"}
            for charity in json_lines(folder / "docs.jsonl")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["records", "ukcat"])
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--data", type=Path, default=PROJECT.parent / "shared" / "data")
    parser.add_argument("--vocabulary", type=Path, default=PROJECT / "data" / "directory")
    arguments = parser.parse_args()
    shutil.rmtree(arguments.out, ignore_errors=True)
    arguments.out.mkdir(parents=True)
    chosen = records(arguments.data) if arguments.what == "records" else ukcat(arguments.data, arguments.out)
    write_directory(arguments.out, arguments.vocabulary, chosen)
    print(f"{len(chosen)} services in {arguments.out}")


if __name__ == "__main__":
    main()
