"""The prose: what organisations say of themselves, whole and cut into sentences. Descriptions alone: no tags, and no
judgements of what is relevant to what."""
import csv
import json
import random
import re

WHOLE, SENTENCES = 900, 14_000


def read(files, directory):
    """`files`: JSON lines with name and description (or activities); `directory`: the sample."""
    texts = {}
    for row in (json.loads(line) for file in files for line in open(file)):
        if row.get("source") != "uk_libraries":  # four thousand times "Public library"
            texts[one_line(row["name"] + ". " + (row.get("description") or row.get("activities") or ""))[:WHOLE]] = True
    for row in csv.DictReader(open(f"{directory}/services.csv")):
        texts[one_line(f'{row["name"]}. {row["summary"]} {row["description"]}')[:WHOLE]] = True
    sentences = set()
    for text in texts:
        for sentence in re.split(r"(?<=[.;!?])\s+|\s[0-9]\)\s", text):
            if 4 <= len(sentence.split()) <= 40:
                sentences.add(sentence.strip())
    sentences = sorted(sentences)
    random.Random(7).shuffle(sentences)
    return list(texts), sentences[:SENTENCES]


def one_line(text):
    return re.sub(r"\s+", " ", text).strip()
