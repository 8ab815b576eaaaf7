"""Trains the rows of the meaning model and writes model.bin and known.tsv. README.md says what and why.

    train.py --teacher FOLDER --prose FILE [--prose FILE …] [--directory data/directory] [--held-out]
"""
import argparse
import collections
import json
import math
import random
import re
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import needs as wordings
import pack
import prose
from cut import grams, words
from teacher import Teacher

HERE = Path(__file__).resolve().parent
DIMENSIONS, PIECES = 128, 4000
# An unknown word's pieces weigh together as much as some words: src/meaning/sum.rs.
PIECES_WEIGH = 3.0
LONGEST = 160  # words of a text
# steps of distilling, all steps, rate, temperature, weights of the vocabulary and of the teacher's questions, noise
SETTINGS = dict(distil=300, steps=2000, rate=4e-3, temperature=0.16, vocabulary=0.4, questions=0.3, noise=0.45)


class Material:
    """All texts, with the teacher's vectors and what prose is about which need."""

    def __init__(self, args):
        self.teacher = Teacher(args.teacher)
        folder = str(HERE / "wordings")
        self.needs = wordings.read(folder)
        self.neutral = [words(clause) for clause in wordings.neutral(folder)]
        self.vocabulary = wordings.vocabulary(args.directory)
        for need in self.needs:
            shuffled = need["q"][:]
            random.Random(need["code"]).shuffle(shuffled)
            cut = max(2, len(shuffled) // 5)
            need["held"], need["taught"] = (shuffled[:cut], shuffled[cut:]) if args.held_out else ([], shuffled)
        self.said_by_services = [s for need in self.needs for s in need["s"]]
        self.need_of = np.array([k for k, need in enumerate(self.needs) for _ in need["s"]])
        self.questions = [(k, q) for k, need in enumerate(self.needs) for q in need["taught"]]
        self.texts, self.sentences = prose.read(args.prose, args.directory)
        self.text_words = [words(text)[:LONGEST] for text in self.texts]
        self.sentence_words = [words(sentence) for sentence in self.sentences]
        self.text_vectors, self.sentence_vectors = self.teacher.encode(self.texts), self.teacher.encode(self.sentences)
        self.service_vectors = self.teacher.encode(self.said_by_services)
        self.text_raw, self.text_needs = self.label(self.text_vectors)
        self.sentence_raw, self.sentence_needs = self.label(self.sentence_vectors)
        both = np.concatenate([self.text_vectors, self.sentence_vectors])
        self.middle = both.mean(0)
        self.turn = np.linalg.svd(both - self.middle, full_matrices=False)[2][:DIMENSIONS].T.astype(np.float32)
        self.related = torch.tensor([[wordings.related(a, b) for b in self.needs] for a in self.needs])

    def label(self, vectors):
        """How near the teacher finds prose to what services for each need say; and shares that add up to at most 1."""
        likeness = vectors @ self.service_vectors.T
        raw = np.zeros((len(vectors), len(self.needs)), np.float32)
        for k in range(len(self.needs)):
            nearest = np.sort(likeness[:, self.need_of == k], 1)
            raw[:, k] = 0.6 * nearest[:, -1] + 0.4 * nearest[:, -3:].mean(1)
        best = raw.max(1, keepdims=True)
        shares = np.exp((raw - best) / 0.04)
        shares /= shares.sum(1, keepdims=True)
        return raw, shares * np.clip((best - 0.30) / 0.25, 0, 1)

    def project(self, vectors):
        turned = (vectors - self.middle) @ self.turn
        return turned / (np.linalg.norm(turned, axis=1, keepdims=True) + 1e-9)


class Rows:
    """The words, pairs and pieces, and the sums of their rows."""

    def __init__(self, material):
        count, pairs = collections.Counter(), collections.Counter()
        for text in material.text_words:
            count.update(text)
            pairs.update(zip(text, text[1:]))
        lay = [q for need in material.needs for q in need["q"]] + material.said_by_services
        lay += [text for both in material.vocabulary for texts in both for text in texts]
        lay = [words(text) for text in lay] + material.neutral
        lay_count = collections.Counter(word for text in lay for word in text)
        lay_pairs = collections.Counter(pair for text in lay for pair in set(zip(text, text[1:])))
        english = json.load(open(f"{material.teacher.folder}/tokenizer.json"))["model"]["vocab"]
        self.words = dict.fromkeys(w for w, c in count.most_common() if c >= 3 and not (w.isdigit() and len(w) > 2))
        self.words.update(dict.fromkeys(lay_count))
        self.words.update(dict.fromkeys(w for w in english if re.fullmatch("[a-z]{2,}", w)))
        self.words = list(self.words)
        self.of_word = {word: at for at, word in enumerate(self.words)}
        total = sum(count.values())

        def belong(pair):  # words that stand together more often than by chance
            return math.log(pairs[pair] * total / (count[pair[0]] * count[pair[1]])) > 2.5

        known = [p for p, c in pairs.most_common() if c >= 12 and p[0] in self.of_word and p[1] in self.of_word]
        kept = dict.fromkeys([p for p in known if belong(p) and not p[0].isdigit()][:5000])
        kept.update(dict.fromkeys(p for p, c in lay_pairs.items() if c >= 5))
        self.pairs = list(kept)
        self.of_pair = {pair: len(self.words) + at for at, pair in enumerate(self.pairs)}
        self.first_piece = len(self.words) + len(self.pairs)
        self.known = {}

        frequency = np.array([count[w] + 20 * lay_count[w] + 1 for w in self.words])
        rare = 1e-3 / (1e-3 + frequency / (total + 20 * sum(lay_count.values())))
        start = np.random.randn(self.first_piece + PIECES, DIMENSIONS).astype(np.float32) * 0.01
        start[: len(self.words)] = material.project(material.teacher.encode(self.words)) * rare[:, None]
        of_pairs = material.project(material.teacher.encode([" ".join(p) for p in self.pairs]))
        start[len(self.words) : self.first_piece] = of_pairs * 0.3
        self.start = torch.tensor(start)
        self.reset()

    def reset(self):
        size = self.first_piece + PIECES
        self.rows = torch.nn.EmbeddingBag(size, DIMENSIONS, mode="sum", sparse=True, _weight=self.start.clone())

    def pieces(self, word):
        numbers = [self.first_piece + piece for piece in grams(word, PIECES)]
        return numbers, [PIECES_WEIGH / len(numbers)] * len(numbers)

    def numbers(self, text):
        """The rows of a text and their weights."""
        key = tuple(text)
        if key not in self.known:
            numbers, weights, before = [], [], None
            for word in text:
                at = self.of_word.get(word)
                if at is not None:
                    numbers.append(at)
                    weights.append(1.0)
                    if (before, word) in self.of_pair:
                        numbers.append(self.of_pair[before, word])
                        weights.append(1.0)
                elif len(word) > 2:
                    more = self.pieces(word)
                    numbers += more[0]
                    weights += more[1]
                before = word
            self.known[key] = (np.array(numbers or [0]), np.array(weights or [1e-6], np.float32))
        return self.known[key]

    def encode(self, texts, drop=0.0, unknown=0.0):
        """Directions of texts. By chance rows are dropped, and in short texts a word is treated as if it were unknown."""
        parts = []
        for text in texts:
            numbers, weights = self.numbers(text)
            if unknown and len(text) <= 12 and random.random() < unknown * len(text):
                at = random.randrange(len(text))
                if text[at] in self.of_word and len(text[at]) > 4:
                    rest, more = self.numbers(text[:at] + text[at + 1 :]), self.pieces(text[at])
                    numbers = np.concatenate([rest[0], more[0]])
                    weights = np.concatenate([rest[1], np.array(more[1], np.float32)])
            if drop and len(numbers) > 2:
                keep = np.random.random(len(numbers)) >= drop
                if keep.any():
                    numbers, weights = numbers[keep], weights[keep]
            parts.append((numbers, weights))
        return self.sums(parts)

    def of_pieces(self, some):
        return self.sums([tuple(map(np.array, self.pieces(word))) for word in some])

    def sums(self, parts):
        starts = np.cumsum([0] + [len(numbers) for numbers, _ in parts[:-1]])
        numbers = torch.from_numpy(np.concatenate([numbers for numbers, _ in parts]).astype(np.int64))
        weights = torch.from_numpy(np.concatenate([weights for _, weights in parts]).astype(np.float32))
        return F.normalize(self.rows(numbers, torch.from_numpy(starts), per_sample_weights=weights), dim=1)


def train(m, rows, s):
    rows.reset()
    optimiser = torch.optim.SparseAdam(rows.rows.parameters(), lr=s["rate"])
    of_text, of_sentence = torch.tensor(m.project(m.text_vectors)), torch.tensor(m.project(m.sentence_vectors))
    of_question = torch.tensor(m.project(m.teacher.encode([q for _, q in m.questions])))
    text_needs, sentence_needs = torch.tensor(m.text_needs), torch.tensor(m.sentence_needs)
    count = len(m.needs)
    exactly = torch.eye(count)

    def likeliest(shares, raw, k):
        order = np.argsort(-shares[:, k] * raw[:, k])[:150]
        weights = shares[order, k] + 1e-6
        return order, np.cumsum(weights) / weights.sum()

    texts = [likeliest(m.text_needs, m.text_raw, k) for k in range(count)]
    sentences = [likeliest(m.sentence_needs, m.sentence_raw, k) for k in range(count)]

    def draw(likely):
        return int(likely[0][min(np.searchsorted(likely[1], random.random()), len(likely[0]) - 1)])

    def asked(question):
        text = words(question)
        while random.random() < s["noise"]:
            clause = random.choice(m.neutral)
            text = clause + text if random.random() < 0.5 else text + clause
        return text

    def questions_find_prose():
        q, q_needs, x, x_needs = [], [], [], []
        for k in np.random.permutation(count)[:48]:
            need = m.needs[k]
            q += [asked(random.choice(need["taught"])) for _ in range(3)] + [words(random.choice(need["s"]))]
            q_needs += [exactly[k]] * 4
            text, sentence = draw(texts[k]), draw(sentences[k])
            x += [words(random.choice(need["s"])), m.text_words[text], m.sentence_words[sentence]]
            x += [asked(random.choice(need["taught"]))]
            x_needs += [exactly[k], text_needs[text], sentence_needs[sentence], exactly[k]]
        for text in np.random.choice(len(m.texts), 32):
            x.append(m.text_words[text])
            x_needs.append(text_needs[text])
        wanted = torch.stack(q_needs) @ m.related @ torch.stack(x_needs).T
        wanted /= wanted.sum(1, keepdim=True).clamp(min=1e-6)
        likeness = rows.encode(q, 0.2, 0.02) @ rows.encode(x, 0.1, 0.04).T
        return -(wanted * F.log_softmax(likeness / s["temperature"], 1)).sum(1).mean()

    def vocabulary_means():
        some = random.sample(m.vocabulary, 48)
        a = rows.encode([asked(random.choice(a)) for a, _ in some], 0.1)
        b = rows.encode([words(random.choice(b)) for _, b in some], 0.1)
        return F.cross_entropy(a @ b.T / s["temperature"], torch.arange(48), label_smoothing=0.1)

    def fragments_find_their_text():
        some = [m.text_words[at] for at in np.random.choice(len(m.texts), 64) if len(m.text_words[at]) >= 8]
        fragments = []
        for text in some:
            length = random.randint(1, 5)
            at = random.randint(0, len(text) - length)
            fragments.append(text[at : at + length])
        likeness = rows.encode(fragments, 0.0, 0.05) @ rows.encode(some, 0.3).T
        return F.cross_entropy(likeness / 0.06, torch.arange(len(some)))

    def as_the_teacher():
        a, b = np.random.choice(len(m.sentences), 96), np.random.choice(len(m.texts), 64)
        ours = rows.encode([m.sentence_words[at] for at in a] + [m.text_words[at] for at in b], 0.05, 0.04)
        return (1 - (ours * torch.cat([of_sentence[a], of_text[b]])).sum(1)).mean()

    def questions_as_the_teacher():
        some = np.random.choice(len(m.questions), 64)
        ours = rows.encode([words(m.questions[at][1]) for at in some], 0.1)
        return (1 - (ours * of_question[some]).sum(1)).mean()

    def pieces_as_words():
        some = np.random.choice(len(rows.words), 128)
        whole = F.normalize(rows.rows.weight[torch.tensor(some)].detach(), dim=1)
        return (1 - (rows.of_pieces([rows.words[at] for at in some]) * whole).sum(1)).mean()

    for step in range(s["steps"]):
        for group in optimiser.param_groups:
            group["lr"] = s["rate"] * min(1, step / 50) * (1 - step / s["steps"]) + 1e-4
        loss = 2.0 * as_the_teacher() + s["questions"] * questions_as_the_teacher() + 0.3 * pieces_as_words()
        if step >= s["distil"]:
            loss = loss + questions_find_prose() + s["vocabulary"] * vocabulary_means()
            loss = loss + 0.3 * fragments_find_their_text()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if (step + 1) % 100 == 0:
            print(f"step {step + 1}: loss {loss:.3f}; {understood(m, rows)}", flush=True)
    return rows.rows.weight.detach().numpy().copy()


def understood(m, rows):
    """How many of the wordings held out lie nearest to what services for their own need say."""
    held = [(k, q) for k, need in enumerate(m.needs) for q in need["held"]]
    if not held:
        return "nothing is held out"
    with torch.no_grad():
        likeness = (rows.encode([words(q) for _, q in held]) @ rows.encode([words(s) for s in m.said_by_services]).T).numpy()
    best = np.stack([likeness[:, m.need_of == k].max(1) for k in range(len(m.needs))], 1)
    own = best[np.arange(len(held)), [k for k, _ in held]][:, None]
    return f"of {len(held)} held out, first {(best > own).sum(1).__eq__(0).mean():.3f}, among three {((best > own).sum(1) < 3).mean():.3f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teacher", required=True)
    parser.add_argument("--prose", required=True, action="append")
    parser.add_argument("--directory", default=str(HERE.parent / "directory"))
    parser.add_argument("--held-out", action="store_true", help="keep a fifth of the wordings to measure on")
    args = parser.parse_args()
    random.seed(1), np.random.seed(1), torch.manual_seed(1), torch.set_num_threads(1)
    material = Material(args)
    rows = Rows(material)
    trained = train(material, rows, SETTINGS)
    pack.write(trained, rows.words, rows.pairs, PIECES, material.needs, HERE)


if __name__ == "__main__":
    main()
