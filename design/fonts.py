#!/usr/bin/env python3
"""Makes the faces of the theme `ringback` as small as they can be without looking different.

    python3 design/fonts.py SOURCES themes/ringback/fonts

SOURCES has `young-serif`, `literata`, `literata-bold` and `literata-italic`, each as `.woff2` or `.ttf` with quadratic curves; those
that today's files were made from are in this repository's history, in the folder that they are in now. Needs fonttools and brotli.

What is done, and what it gave of a first visit to an article (37.2 kB of faces before, 20.7 kB after):

- The first file of a face has what most pages need of it; the other characters are in a second one, which a page loads if it has
  one of them. Nothing is lost. Bold and italics are for a few words, so their first files have less. The unicode-range of each
  second file is printed, for css/main.css.
- Curves are drawn with fewer points, on a coarser grid: at most 0.4 % of the size away from the original, which is 0.07 pixels in
  running text and 0.3 in the largest headline.
- Kerning is 16 by 16 classes of letters instead of a table of thousands of pairs. Which letters share a class follows from how
  often pairs are in texts: the mean error of a pair is below 0.06 % of the size. Marks beside marks aren't kerned.
- Headings have old-style figures. Lining ones, for results and numbers, are a face of their own, `young-serif-figures`.
"""

import collections
import io
import sys
import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.otlLib.builder import buildPairPosClassesSubtable, buildValue
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.woff2 import WOFF2FlavorData

ROOT = Path(__file__).resolve().parent.parent
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÅÄÖÆØÉåäöæøéèüà"
MARKS = " \u00a0.,:;?!'()-–—‘’“”«»…"
DIGITS = "0123456789"
# Of each face: the first file's characters, its features, the units of its em, and how far curves may be from the original (in
# thousandths of the em) when they are made cubic and when they are made quadratic again. The units are those on which the height of
# small letters, flat and round, comes closest to what it was: a browser that fits letters to pixels makes a pixel of half a unit.
FACES = {
    "young-serif": (LETTERS + MARKS + DIGITS + "/&%+", ["kern", "liga"], 308, (1.2, 2.8)),
    "literata": (LETTERS + MARKS + DIGITS + "/&%+$€@", ["kern"], 286, (1.7, 3.7)),
    "literata-italic": (LETTERS.translate({ord(c): None for c in "QXZ"}) + MARKS, [], 286, (1.7, 3.7)),
    "literata-bold": (LETTERS.translate({ord(c): None for c in "QXZ"}) + MARKS + DIGITS + "+", [], 286, (1.7, 3.7)),
}
CLASSES = 16
# Smaller kerning than that, in thousandths of the em, can't be seen.
LEAST = 8
SIDES = ("xMin", "yMin", "xMax", "yMax")


def cut(path, text, features):
    """A font with these characters and features alone."""
    font = TTFont(path)
    options = subset.Options()
    options.layout_features, options.hinting, options.name_IDs = features, False, [1]
    options.notdef_outline = options.glyph_names = False
    options.drop_tables += ["STAT", "vhea", "vmtx", "GDEF", "gasp", "DSIG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    for table in ("GSUB", "GPOS"):
        if table in font and not font[table].table.FeatureList.FeatureRecord:
            del font[table]
    return font


def refit(font, errors):
    """Draws each glyph with as few points as the errors allow. Glyphs made of others stay so. Where a glyph would become higher or
    wider, which is seen at small sizes first, it is drawn more closely."""
    glyphs, table = font.getGlyphSet(), font["glyf"]
    drawn = {}
    for name in font.getGlyphOrder():
        if table[name].isComposite() or table[name].numberOfContours <= 0:
            continue
        bounds = [getattr(table[name], side) for side in SIDES]
        for part in (1, 0.8, 0.6, 0.4, 0.2):
            cubic, pen = RecordingPen(), TTGlyphPen(None)
            glyphs[name].draw(Qu2CuPen(cubic, errors[0] * part, all_cubic=True))
            cubic.replay(Cu2QuPen(pen, errors[1] * part))
            drawn[name] = glyph = pen.glyph(dropImpliedOnCurves=True)
            glyph.recalcBounds(table)
            if all(abs(getattr(glyph, side) - was) <= 1 for side, was in zip(SIDES, bounds)):
                break
    for name, glyph in drawn.items():
        table[name] = glyph


def pairs(font):
    """The kerning of each pair of glyphs, in units of the font. Of several subtables, the first that has a pair counts."""
    found, names = {}, font.getGlyphOrder()
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for part in reversed(lookup.SubTable):
            if part.Format == 2:
                first, second = part.ClassDef1.classDefs, part.ClassDef2.classDefs
                for a in part.Coverage.glyphs:
                    row = part.Class1Record[first.get(a, 0)].Class2Record
                    found |= {(a, b): getattr(row[second.get(b, 0)].Value1, "XAdvance", 0) for b in names}
            else:
                for a, those in zip(part.Coverage.glyphs, part.PairSet):
                    for one in those.PairValueRecord:
                        found[a, one.SecondGlyph] = getattr(one.Value1, "XAdvance", 0)
    return found


def base(char):
    """The letter that an accented one is kerned as."""
    return {"Ø": "O", "ø": "o"}.get(char, unicodedata.normalize("NFD", char)[0])


def frequency():
    """How often pairs of characters are in the demo's texts, in three languages."""
    count = collections.Counter()
    for path in (ROOT / "content").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        count.update((base(a), base(b)) for a, b in zip(text, text[1:]))
    total = count.total()
    return {pair: number * 1e4 / total for pair, number in count.items()}


def merged(rows):
    """The rows in CLASSES groups, so that the squares of the errors, weighted, are small. A row maps keys to a value and a weight."""
    def cost(sums):
        return sum(squares - value * value / weight for value, weight, squares in sums.values())

    groups = [([name], {key: (w * v, w, w * v * v) for key, (v, w) in row.items()}) for name, row in rows.items()]
    while len(groups) > CLASSES:
        best = None
        for i, (_, one) in enumerate(groups):
            for j, (_, two) in enumerate(groups[:i]):
                both = {key: tuple(map(sum, zip(one[key], two[key]))) for key in one}
                more = cost(both) - cost(one) - cost(two)
                if best is None or more < best[0]:
                    best = (more, i, j, both)
        _, i, j, both = best
        groups[j] = (groups[j][0] + groups[i][0], both)
        del groups[i]
    return [(names, {key: (v / w, w) for key, (v, w, _) in sums.items()}) for names, sums in groups]


def kern(font, often):
    """Puts classes in the place of the font's kerning."""
    chars = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    glyphs = {char: glyph for glyph, char in chars.items()}
    plain = {g: glyphs.get(base(chars[g]), g) if g in chars else g for g in font.getGlyphOrder()}
    names = [g for g in plain if plain[g] == g and g != ".notdef" and not chars.get(g, "f").isspace()]
    known, em = pairs(font), font["head"].unitsPerEm
    # A pair that no text has counts a little, so that it gets no nonsense.
    weight = {(a, b): 0.0002 + often.get((chars.get(a), chars.get(b)), 0) for a in names for b in names}
    rows = {a: {b: (known.get((a, b), 0) * 1000 / em, weight[a, b]) for b in names} for a in names}
    firsts = merged(rows)
    columns = {b: {i: row[b] for i, (_, row) in enumerate(firsts)} for b in names}
    values = {}
    for seconds, column in merged(columns):
        for i, (value, _) in column.items():
            if abs(value) >= LEAST:
                key = tuple(tuple(sorted(g for g in plain if plain[g] in group)) for group in (firsts[i][0], seconds))
                values[key] = (buildValue({"XAdvance": round(value * em / 1000)}), None)
    table = font["GPOS"].table
    del table.LookupList.Lookup[1:]
    table.LookupList.Lookup[0].SubTable = [buildPairPosClassesSubtable(values, font.getReverseGlyphMap())]
    for record in table.FeatureList.FeatureRecord:
        record.Feature.LookupListIndex = [0]


def save(font, path):
    """Writes a font as WOFF2, and says how large it is."""
    font.flavor, font.flavorData = "woff2", WOFF2FlavorData(transformedTables=("glyf", "loca", "hmtx"))
    out = io.BytesIO()
    font.save(out)
    path.write_bytes(out.getvalue())
    print(f"{len(out.getvalue()):6} {path.name}")


def ranges(more, first):
    """As `unicode-range` takes them. A run of Latin letters goes on over those that neither file has: it is shorter so."""
    runs = []
    for code in sorted(map(ord, more)):
        if runs and (runs[-1][1] == code - 1 or code < 0x100 and not any(chr(c) in first for c in range(runs[-1][1], code))):
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def figures(path, out, em, errors):
    """The lining figures of a face, in the places of its own."""
    font = cut(path, DIGITS, ["lnum"])
    lining = font["GSUB"].table.LookupList.Lookup[0].SubTable[0].mapping
    for table in font["cmap"].tables:
        table.cmap = {code: lining.get(glyph, glyph) for code, glyph in table.cmap.items()}
    font = cut(in_memory(font), DIGITS, [])
    refit(font, errors)
    scale_upem(font, em)
    save(font, out)


def in_memory(font):
    """The file of a font."""
    out = io.BytesIO()
    font.flavor = None
    font.save(out)
    out.seek(0)
    return out


def main(sources, out):
    """Makes all files."""
    often = frequency()
    for name, (first, features, em, errors) in FACES.items():
        path = next(sources.glob(f"{name}.*"))
        every = {chr(code) for code in TTFont(path).getBestCmap()}
        first = set(first) & every
        for file, text, wanted in ((name, first, features), (f"{name}-more", every - first, [])):
            font = cut(path, "".join(sorted(text)), wanted)
            refit(font, errors)
            scale_upem(font, em)
            if "kern" in wanted:
                kern(font, often)
            save(font, out / f"{file}.woff2")
        print("      ", ranges(every - first, first))
    _, _, em, errors = FACES["young-serif"]
    figures(next(sources.glob("young-serif.*")), out / "young-serif-figures.woff2", em, errors)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
