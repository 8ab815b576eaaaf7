"""The needs and their wordings, and the directory's own vocabulary, as texts to learn from.

A file of wordings: `== code > categories` begins a need (the categories say which needs are related), or `== code` goes
on with one; `s:` how services for it describe themselves; `q:` what people in it say; both separated by `|`.
"""
import csv
import glob


def read(folder):
    needs, more = [], {}
    for path in sorted(glob.glob(folder + "/*.txt")):
        for line in open(path):
            line = line.strip()
            if line.startswith("=="):
                code, _, categories = (part.strip() for part in line[2:].partition(">"))
                need = {"code": code, "categories": [c for c in categories.split() if c != "-"], "s": [], "q": []}
                if categories:
                    needs.append(need)
                else:
                    need["q"] = more.setdefault(code, [])
            elif line[:2] in ("s:", "q:"):
                need[line[0]] += [wording.strip() for wording in line[2:].split("|")]
    for need in needs:
        need["q"] = list(dict.fromkeys(need["q"] + more.pop(need["code"], [])))
    assert not more, more
    return needs


def neutral(folder):
    """Clauses that say nothing about what is needed."""
    return [clause for line in open(folder + "/neutral.txt") for clause in line.strip().split("|")]


def related(a, b):
    """How much of an answer to need `a` an answer to `b` is."""
    if a is b:
        return 1.0
    ours, theirs = a["categories"], b["categories"]
    if not ours or not theirs:
        return 0.0
    if ours[0] == theirs[0]:
        return 0.45
    if ours[0] in theirs or theirs[0] in ours:
        return 0.2
    return 0.1 if set(ours) & set(theirs) else 0.0


def vocabulary(directory):
    """Pairs of lists: wordings, and what each of them stands for."""
    rows = []
    for row in csv.DictReader(open(f"{directory}/thesaurus.csv")):
        means = cells(row["means"])
        rows.append((cells(row["words"]), [" ".join(means)] + means))
    for file in ("categories", "goals", "audiences"):
        for row in csv.DictReader(open(f"{directory}/{file}.csv")):
            if cells(row["words"]):
                rows.append((cells(row["words"]), [row["name"]] + cells(row["words"])))
    return rows


def cells(text):
    return [part.strip() for part in text.split(";") if part.strip()]
