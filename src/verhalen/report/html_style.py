"""How a page looks: the colours of our Word documents, on screens, phones and paper."""

from __future__ import annotations

from verhalen.report.docx_style import ACCENT, FONT, GREY, INK, LINE, TINT, WARM

CSS = f"""\
html {{ font: 100%/1.5 {FONT}, Carlito, "Segoe UI", "Liberation Sans", sans-serif; color: #{INK}; background: #FFFFFF; }}
body {{ max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }}
h1, h2, h3, h4 {{ color: #{ACCENT}; line-height: 1.25; margin: 1.6em 0 0.5em; }}
h1 {{ font-size: 1.9rem; margin-top: 0; }}
h2 {{ font-size: 1.45rem; }}
h3 {{ font-size: 1.2rem; }}
h4 {{ font-size: 1.05rem; color: #{INK}; }}
p, ul, ol {{ margin: 0 0 0.8em; }}
a {{ color: #{ACCENT}; }}
a:focus, .breed:focus {{ outline: 3px solid #{ACCENT}; outline-offset: 2px; }}
.onder {{ color: #{GREY}; font-size: 1.15rem; }}
.nota {{ color: #{GREY}; font-size: 0.9rem; }}
.titel {{ font-weight: bold; }}
aside {{ background: #{WARM}; border-left: 6px solid #{ACCENT}; padding: 0.8rem 1rem; margin: 1.2em 0; }}
aside p:last-child {{ margin-bottom: 0; }}
blockquote {{ margin: 1em 0; padding-left: 1rem; border-left: 4px solid #{LINE}; font-style: italic; }}
figure {{ margin: 1.4em 0; }}
figure.citaat figcaption {{ color: #{GREY}; padding-left: 1.2rem; }}
figcaption, caption {{ color: #{GREY}; text-align: left; font-size: 0.95rem; }}
caption {{ padding: 0 0 0.4em; font-weight: bold; color: #{ACCENT}; }}
svg {{ display: block; width: 100%; height: auto; margin-bottom: 0.5em; font-size: 13px; }}
svg text {{ fill: #{INK}; }}
.breed {{ overflow-x: auto; margin: 1.2em 0 0.8em; }}
table {{ border-collapse: collapse; }}
th, td {{ padding: 0.35em 0.7em; border-bottom: 1px solid #{LINE}; text-align: left; vertical-align: top; }}
thead th {{ background: #{TINT}; border-bottom: 2px solid #{ACCENT}; }}
tbody th {{ font-weight: normal; }}
th.rechts, td.rechts {{ text-align: right; }}
th.midden, td.midden {{ text-align: center; }}
footer {{ margin-top: 3rem; border-top: 1px solid #{LINE}; color: #{GREY}; font-size: 0.9rem; }}
@media print {{
  @page {{ size: A4; margin: 2cm; }}
  body {{ max-width: none; padding: 0; }}
  h1, h2, h3, h4, caption {{ break-after: avoid; }}
  tr, aside, figure {{ break-inside: avoid; }}
  thead {{ display: table-header-group; }}
  .breed {{ overflow: visible; }}
  .breed[tabindex] table {{ width: 100%; font-size: 0.8rem; }}
  .breed[tabindex] th, .breed[tabindex] td {{ padding: 0.3em; hyphens: auto; }}
  .breed:not([tabindex]) {{ break-inside: avoid; }}
  .nieuw-blad {{ break-after: page; }}
}}
"""
