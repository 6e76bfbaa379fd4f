#!/usr/bin/env python3
"""Deterministic corpus for the benchmarks: corpus.py N OUTDIR [--flavour F] [--seed S]

Writes N Markdown articles to OUTDIR/content/articles/ (insights/ for ringback).
Article i is the same in every corpus with the same seed, whatever N is, and its
body is the same in every flavour: only the front matter differs (YAML; TOML for
zola), and links, which for ringback name the other article's file.

  --flavour ringback   title, date, description, tags, category, authors, and
                       ringback.yaml and the 20 people
  --flavour hugo       the same, as the plural taxonomies tags/categories/authors
  --flavour zola       TOML (+++), [taxonomies], and the _index.md files

Standard library only.
"""
import argparse, bisect, datetime, itertools, os, random, re

CORE = """
the of and to a in that is for it with on as you be this are we they your their or not can from by have
at will an if when what but our more so one do how who all about out up time other them than then just
no some would there which any into my over also only new first call sales customer team prospect deal
pipeline revenue buyer account market product price value question answer meeting email reply follow
objection script playbook insight report data signal intent lead form score stage close forecast quota
territory segment persona budget authority need timeline champion decision committee contract renewal
churn expansion onboarding adoption usage trial demo discovery qualification outreach sequence cadence
voicemail opener pitch story case study proof reference metric rate ratio average median benchmark
target growth margin cost discount offer proposal legal security review procurement vendor partner
channel reseller campaign content landing page search traffic click open subject line message tone
voice listen pause silence confirm recap agenda next step calendar invite note record transcript
coach manager rep agent desk dialer number connect conversation minute hour day week month quarter year
before after during between because while until without against through across every each few many most
same different good better best bad worse small large short long early late fast slow easy hard clear
plain simple real true wrong right open closed ready free paid public private local remote direct
make take give get go come know think see look find ask tell say talk speak write read send start stop
keep hold move change build test try learn teach show help work use need want mean seem feel become
leave put bring begin run turn play set lead win lose buy sell pay spend save earn owe count measure
compare track plan prepare choose decide agree refuse accept reject explain describe prove support
people person company business industry office home city region country world group member user owner
leader founder director executive engineer analyst finance operations marketing service success
problem reason cause effect result risk fear loss gain goal idea example list table figure note rule
guide pattern model process system tool method habit practice skill training lesson mistake warning
under above below near far inside outside again always never often sometimes usually rarely soon later
""".split()

TAGS = """cold-calling discovery objections negotiation closing pricing forecasting pipeline outbound
inbound email voicemail social-selling qualification champions procurement renewals expansion churn
onboarding coaching hiring compensation territories enablement content-marketing seo analytics
attribution events partners positioning messaging personas research crm automation compliance
benchmarks leadership""".split()
CATEGORIES = """prospecting calls deals customers marketing management operations strategy tooling
research people markets""".split()
AUTHORS = """Ada Brandt,Amir Solis,Bea Lindqvist,Carl Osei,Dana Petrov,Elif Moran,Femi Adler,Gwen Takeda,
Hugo Varga,Ines Calder,Jonas Reyes,Kira Novak,Liam Okafor,Mona Haddad,Nils Ferrer,Oona Kemp,Priya Stone,
Quinn Abebe,Rosa Winther,Sami Tran""".replace("\n", "").split(",")
assert len(TAGS) == len(set(TAGS)) == 40 and len(CATEGORIES) == 12 and len(AUTHORS) == 20

ONSET = "b br c cl d dr f fl g gr h j k l m n p pl qu r s sh st t tr v w z".split()
NUCLEUS = "a a e e i i o o u u ai ea ou io".split()
CODA = ["", "", "", "", "n", "r", "l", "s", "t", "st"]
VOCAB = 20000
EPOCH = datetime.date(2015, 1, 1)


def vocabulary(seed):
    rng = random.Random(f"{seed}:vocabulary")
    words = list(dict.fromkeys(CORE))
    seen = set(words)
    while len(words) < VOCAB:
        w = "".join(rng.choice(ONSET) + rng.choice(NUCLEUS) + rng.choice(CODA)
                    for _ in range(rng.choice((1, 2, 2, 2, 3, 3))))
        if len(w) > 3 and w not in seen:
            seen.add(w)
            words.append(w)
    # Zipf-Mandelbrot over the rank: the English core has the low ranks.
    cum = list(itertools.accumulate(1.0 / (r + 2.7) for r in range(1, VOCAB + 1)))
    return words, cum


class Corpus:
    def __init__(self, seed):
        self.seed = seed
        self.words, self.cum = vocabulary(seed)

    def draw(self, rng, n):
        r, cum, words, total, b = rng.random, self.cum, self.words, self.cum[-1], bisect.bisect
        return [words[b(cum, r() * total)] for _ in range(n)]

    def title_words(self, i):
        rng = random.Random(f"{self.seed}:title:{i}")
        return self.draw(rng, rng.randint(4, 9))

    def slug(self, i):
        return "-".join(self.title_words(i)[:4]) + f"-{i:06d}"

    def sentence(self, rng):
        ws = self.draw(rng, rng.randint(6, 24))
        x = rng.random()
        if x < 0.06:
            k = rng.randrange(len(ws)); ws[k] = f"**{ws[k]}**"
        elif x < 0.12:
            k = rng.randrange(len(ws)); ws[k] = f"*{ws[k]}*"
        elif x < 0.14:
            k = rng.randrange(len(ws)); ws[k] = f"`{ws[k]}`"
        if len(ws) > 12:
            ws[len(ws) // 2] += ","
        s = " ".join(ws)
        return s[0].upper() + s[1:] + rng.choice("......?!")

    def paragraph(self, rng, link_to=None):
        out = [self.sentence(rng) for _ in range(rng.randint(2, 6))]
        if link_to is not None:
            text = " ".join(self.title_words(link_to)[:3])
            out.append(f"See [{text}](/articles/{self.slug(link_to)}/) for more.")
        return " ".join(out)

    def body(self, i):
        rng = random.Random(f"{self.seed}:body:{i}")
        out, goal, words = [], rng.randint(600, 1200), 0
        out.append(self.paragraph(rng))
        heads = 0
        while True:
            words = sum(p.count(" ") + 1 for p in out)
            if words >= goal:
                break
            x = rng.random()
            if heads == 0 or x < 0.18:
                lvl = "##" if heads == 0 or rng.random() < 0.65 else "###"
                h = " ".join(self.draw(rng, rng.randint(2, 6)))
                out.append(f"{lvl} {h[0].upper()}{h[1:]}")
                out.append(self.paragraph(rng))
                heads += 1
            elif x < 0.30:
                mark = rng.choice(("-", "-", "1."))
                out.append("\n".join(f"{mark} " + " ".join(self.draw(rng, rng.randint(4, 14)))
                                     for _ in range(rng.randint(3, 7))))
            elif x < 0.36:
                out.append("> " + self.sentence(rng) + "\n> " + self.sentence(rng))
            elif x < 0.39:
                cols = rng.randint(3, 4)
                rows = ["| " + " | ".join(self.draw(rng, cols)) + " |",
                        "|" + " --- |" * cols]
                for _ in range(rng.randint(3, 8)):
                    rows.append("| " + " | ".join(self.draw(rng, cols - 1) + [str(rng.randint(1, 99999))]) + " |")
                out.append("\n".join(rows))
            else:
                to = rng.randrange(max(0, i - 2000), i) if i and rng.random() < 0.3 else None
                out.append(self.paragraph(rng, to))
        return "\n\n".join(out) + "\n"

    def meta(self, i):
        rng = random.Random(f"{self.seed}:meta:{i}")
        t = " ".join(self.title_words(i))
        d = " ".join(self.draw(rng, rng.randint(12, 24)))
        return dict(
            title=t[0].upper() + t[1:],
            # 13 a day, so that some share a date
            date=(EPOCH + datetime.timedelta(days=i // 13)).isoformat(),
            description=d[0].upper() + d[1:] + ".",
            # min of two draws: some tags are much commoner than others
            tags=sorted({TAGS[k] for k in self.pick(rng, 40, 3)}),
            category=CATEGORIES[min(rng.randrange(12), rng.randrange(12))],
            author=AUTHORS[rng.randrange(20)])

    @staticmethod
    def pick(rng, n, k):
        got = set()
        while len(got) < k:
            got.add(min(rng.randrange(n), rng.randrange(n)))
        return got


def q(s):
    return '"' + s.replace("\\", "\\\\").replace('"', '\\"') + '"'


def qs(xs):
    return "[" + ", ".join(map(q, xs)) + "]"


def person(name):
    return name.lower().replace(" ", "-")


RINGBACK = """title: Bench
base_url: https://example.org/
cards: false
default_language: en
languages: {en: {}}
pagination: 20
taxonomies:
  tags: {label: Tags}
  category: {label: Categories}
"""


def front(m, flavour):
    if flavour == "zola":
        return (f"+++\ntitle = {q(m['title'])}\ndate = {m['date']}\ndescription = {q(m['description'])}\n"
                f"[taxonomies]\ntags = {qs(m['tags'])}\ncategories = {qs([m['category']])}\n"
                f"authors = {qs([m['author']])}\n+++\n\n")
    head = (f"---\ntitle: {q(m['title'])}\ndate: {m['date']}\ndescription: {q(m['description'])}\n"
            f"tags: {qs(m['tags'])}\n")
    if flavour == "ringback":
        return head + f"category: {m['category']}\nauthors: [{person(m['author'])}]\n---\n\n"
    return head + f"categories: {qs([m['category']])}\nauthors: {qs([m['author']])}\n---\n\n"


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(text)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("n", type=int)
    p.add_argument("outdir")
    p.add_argument("--flavour", choices="ringback hugo zola".split(), default="ringback")
    p.add_argument("--seed", default="1")
    a = p.parse_args()
    c = Corpus(a.seed)
    ours = a.flavour == "ringback"
    content = os.path.join(a.outdir, "content")
    articles = os.path.join(content, "insights" if ours else "articles")
    if ours:
        write(os.path.join(a.outdir, "ringback.yaml"), RINGBACK)
        for name in AUTHORS:
            write(os.path.join(content, "people", person(name) + ".md"),
                  f"---\ntitle: {name}\ndescription: Writes about selling.\n---\n\nAn author.\n")
    if a.flavour == "zola":
        write(os.path.join(content, "_index.md"), '+++\ntitle = "Home"\n+++\n')
        write(os.path.join(articles, "_index.md"),
              '+++\ntitle = "Articles"\nsort_by = "date"\npaginate_by = 20\n+++\n')
    for i in range(a.n):
        body = c.body(i)
        if ours:
            body = re.sub(r"\]\(/articles/([^)/]+)/\)", r"](\1.md)", body)
        write(os.path.join(articles, c.slug(i) + ".md"), front(c.meta(i), a.flavour) + body)


if __name__ == "__main__":
    main()
