"""The theme's icons as drawings instead of glyphs of a font.

A page gets each icon as SVG where it stands; an icon that only the style sheet or a script shows becomes a mask. Both
take the colour of the text around them and need no file, which would be refused where the page has no origin: in a
sandboxed frame or, by some browsers, on ``file://``.
"""

import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from claimbook.view.markup import el

THEME = "pydata_sphinx_theme"
SCRIPT = "theme/pydata_sphinx_theme/static/scripts/fontawesome.js"
"""The theme's script with the outline of every icon; pages do not load it, for it has 1.5 MB."""
HEIGHT = 512  # of every icon, in the units of its outline
ENTRY = re.compile(
    r'[{,]"?(?P<name>[\w-]+)"?:\[(?P<width>\d+),512,\[(?P<others>[^\]]*)\],"(?P<code>[0-9a-f]+)","(?P<path>[^"]+)"\]'
)
END_OF_STYLE = re.compile(r'\("(fa[brs])",\w+\)')
STYLES = {"fab": {"fab", "fa-brands"}, "far": {"far", "fa-regular"}, "fas": {"fas", "fa-solid", "fa"}}
"""Classes of an element by the style in which its icon is drawn."""

FONT = re.compile(r"@font-face\s*\{[^}]*\}")
FAMILY = re.compile(r"""(["']?)Font Awesome(?:\\? \w+)*\1""")
RULE = re.compile(r"""(?P<selectors>[^{};]+)\{(?P<body>(?:"[^"]*"|'[^']*'|[^{}"'])*)\}""")
PROPERTY = re.compile(r"(?<![\w-])(--[\w-]+)\s*:\s*([^;}]*)")
CONTENT = re.compile(r"(?<![\w-])content\s*:\s*(?P<value>[^;!]*)[^;]*;?")
READ = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
GLYPH = re.compile("""(["'])([\ue000-\uf8ff])\\1""")
NAMED = re.compile(r"\.(fa-[\w-]+)::?before")

NOTICE = "/*! Icons: Font Awesome Free by @fontawesome, https://fontawesome.com, CC BY 4.0 */"
# The box that the glyph had: one line high, with the icon in its middle and an eighth of that below the baseline.
MASK = (
    "{body};box-sizing:content-box;width:{drawing.em:.4g}em;height:1lh;vertical-align:calc(.375em - .5lh);"
    'background:currentColor;mask:url("{drawing.image}") center/auto 1em no-repeat content-box;'
    "-webkit-print-color-adjust:exact;print-color-adjust:exact"
)
# Forced colours take every background away; this one is kept, in the colour that they give to the text around it.
FORCED = "@media (forced-colors:active){{{selectors}{{color:inherit;forced-color-adjust:preserve-parent-color}}}}"


@dataclass(frozen=True)
class Drawing:
    """The outline of an icon.

    Attributes
    ----------
    width : int
        In units of which it is 512 high.
    path : str
        The outline, as the ``d`` of an SVG path.
    """

    width: int
    path: str

    @property
    def box(self):
        """Its corners, as the ``viewBox`` of an SVG."""
        return f"0 0 {self.width} {HEIGHT}"

    @property
    def em(self):
        """Its width, by its height."""
        return self.width / HEIGHT

    @property
    def image(self):
        """The drawing as an address."""
        svg = el("svg", el("path", d=self.path), xmlns="http://www.w3.org/2000/svg", viewBox=self.box)
        return "data:image/svg+xml," + quote(str(svg), safe=" =:/,")


@dataclass(frozen=True)
class Icons:
    """All icons of the theme.

    Attributes
    ----------
    named : dict of (str, str) to Drawing
        By style and name.
    coded : dict of str to Drawing
        By the character that the font shows them for, in the solid style where there is one.
    """

    named: dict
    coded: dict

    @classmethod
    def read(cls):
        """Read the icons of the installed theme.

        Raises
        ------
        ValueError
            If its script has no icons in the known form.
        """
        script = Path(find_spec(THEME).origin).parent / SCRIPT
        text = script.read_text(encoding="utf-8")
        named, coded, start = {}, {}, 0
        for end in END_OF_STYLE.finditer(text):
            for entry in ENTRY.finditer(text, start, end.start()):
                drawing = Drawing(int(entry["width"]), entry["path"])
                names = (entry["name"], *re.findall(r'"([\w-]+)"', entry["others"]))
                named.update(((end[1], name), drawing) for name in names)
                character = chr(int(entry["code"], 16))
                if end[1] == "fas" or character not in coded:
                    coded[character] = drawing
            start = end.end()
        if {style for style, _ in named} != set(STYLES):
            raise ValueError(f"{script}: no icons in the known form; install {THEME} as requirements.txt pins it")
        return cls(named, coded)

    def asked(self, classes):
        """Return the drawing that an element with these classes asks for; None where it asks for none."""
        style = next((style for style, marks in STYLES.items() if marks & {*classes}), None)
        names = (name.removeprefix("fa-") for name in classes if name.startswith("fa-"))
        return next((self.named[style, name] for name in names if (style, name) in self.named), None)

    def draw(self, page):
        """Draw the icons of a page into the elements that ask for them.

        Parameters
        ----------
        page : claimbook.site.finish.Page
            The page.
        """
        for element in [*page.elements]:
            drawing = self.asked(element.get("class", ()))
            if drawing is None:
                continue
            svg = page.soup.new_tag("svg", attrs={"viewBox": drawing.box, "aria-hidden": "true"})
            svg.append(page.soup.new_tag("path", attrs={"fill": "currentColor", "d": drawing.path}))
            element.insert(0, svg)
            element["class"] = [*element["class"], "cb-icon"]
            page.elements += [svg, svg.path]

    def mask(self, text, scripted):
        """Return a style sheet that shows its icons as masks and has no font.

        Parameters
        ----------
        text : str
            The style sheet.
        scripted : set of str
            Words of the scripts: of the icons with a name, those that a script makes are kept; pages have theirs drawn.
        """
        values, masked = dict(PROPERTY.findall(text)), []

        def rewrite(rule):
            selectors, drawing = self.shown(rule, values, scripted)
            if drawing is None:
                return rule[0] if selectors else ""
            masked.extend(selectors)
            body = CONTENT.sub('content:"";display:inline-block;', rule["body"]).strip().rstrip(";")
            return f"{','.join(selectors)}{{{MASK.format(body=body, drawing=drawing)}}}"

        text = RULE.sub(rewrite, FAMILY.sub("sans-serif", FONT.sub("", text)))
        return "\n".join([NOTICE, text, *([FORCED.format(selectors=",".join(masked))] if masked else [])])

    def shown(self, rule, values, scripted):
        """Return the selectors under which a rule is still of use, and the drawing that it shows, None for no icon.

        Parameters
        ----------
        rule : re.Match
            The rule.
        values : dict of str to str
            The custom properties of the style sheet.
        scripted : set of str
            Words of the scripts.
        """
        selectors = [selector.strip() for selector in rule["selectors"].split(",")]
        content = CONTENT.search(rule["body"])
        if content is None:
            return selectors, None
        names = [NAMED.fullmatch(selector) for selector in selectors]
        if all(names):
            made = [name[1] for name in names if name[1] in scripted]
            drawings = (self.asked([style, *made]) for style in ("fas", "fab", "far"))
            return [f".{name}:empty:before" for name in made], next(filter(None, drawings), None)
        value, unread = content["value"].strip(), dict(values)
        while read := READ.fullmatch(value):
            value = unread.pop(read[1], "").strip()
        glyph = GLYPH.fullmatch(value)
        return selectors, self.coded.get(glyph[2]) if glyph else None
