/** The look of the page: on a screen, on a phone, in the dark and on paper. */
export const style = `
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1c2128; --soft: #59636e; --line: #d8dee4; --card: #f6f8fa;
  --bad: #b42318; --look: #b54708; --maybe: #b08800; --good: #067647; --unsure: #6e7781; --waived: #6941c6; --bad-soft: #fef3f2; --good-soft: #ecfdf3; --look-soft: #fffaeb; }
@media (prefers-color-scheme: dark) { :root { --paper: #0f1318; --ink: #e6edf3; --soft: #9aa5b1; --line: #2d343c; --card: #171c22;
  --bad: #ff8a80; --look: #f59e54; --maybe: #e3c34a; --good: #5fd38d; --unsure: #8b949e; --waived: #b69cff; --bad-soft: #2a1615; --good-soft: #10251a; --look-soft: #2a2011; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1, h2, h3 { line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h1 { font-size: 1.15rem; font-weight: 600; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 .9rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; color: var(--soft); font-weight: 600; }
p { margin: .35rem 0; }
code { font: .875em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; background: var(--card); border-radius: 4px; padding: .1em .3em; }
.soft { color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
.verdict { margin: 1.1rem 0 0; padding: 1.25rem 1.5rem 1.4rem; border-left: 6px solid var(--good); border-radius: 8px; background: var(--good-soft); }
.verdict.no { border-color: var(--bad); background: var(--bad-soft); }
.verdict.not-known { border-color: var(--look); background: var(--look-soft); }
.verdict .question { color: var(--soft); }
.verdict .answer { font-size: 2.1rem; font-weight: 700; line-height: 1.2; margin: 0 0 .6rem; }
.no .answer { color: var(--bad); } .yes .answer { color: var(--good); } .not-known .answer { color: var(--look); }
.verdict ol, .verdict ul { margin: 0; padding-left: 1.3rem; } .verdict li { margin: .3rem 0; }
.verdict .next { margin-top: .9rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 1rem 0 0; padding: 0; list-style: none; }
.tiles li { border: 1px solid var(--line); border-radius: 8px; padding: .6rem .8rem; }
.tiles b { display: block; font-size: 1.6rem; line-height: 1.2; } .tiles span { color: var(--soft); font-size: .875rem; }
.bad { color: var(--bad); } .look { color: var(--look); } .maybe { color: var(--maybe); } .good { color: var(--good); } .unsure { color: var(--unsure); } .waived { color: var(--waived); }
.chart { display: grid; grid-template-columns: minmax(9rem, 13rem) 1fr minmax(7rem, auto); gap: .35rem .9rem; align-items: center; margin: 0; }
.chart svg { width: 100%; height: 16px; display: block; border-radius: 3px; }
.chart .count { color: var(--soft); font-size: .875rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.chart svg + svg { margin-top: 2px; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: .8rem 0 0; padding: 0; list-style: none; font-size: .875rem; color: var(--soft); }
.legend svg { width: .75rem; height: .75rem; margin-right: .35rem; vertical-align: -1px; }
.fill-bad { fill: var(--bad); } .fill-look { fill: var(--look); } .fill-maybe { fill: var(--maybe); } .fill-good { fill: var(--good); } .fill-unsure { fill: var(--unsure); } .fill-waived { fill: var(--waived); } .fill-none { fill: var(--line); }
details { border: 1px solid var(--line); border-radius: 8px; margin: .6rem 0; }
summary { cursor: pointer; padding: .7rem 1rem; overflow-wrap: anywhere; } summary:hover { background: var(--card); }
summary .rule { color: var(--soft); font-size: .85rem; }
details > div { padding: 0 1rem 1rem; }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 99px; padding: 0 .55rem; font-size: .75rem; line-height: 1.5; margin-right: .35rem; white-space: nowrap; }
.places { margin: .4rem 0; padding: 0; list-style: none; }
.places li { border-top: 1px solid var(--line); padding: .45rem 0; } .places li:first-child { border-top: 0; }
.places code { background: none; padding: 0; } .places .proof { display: block; color: var(--soft); }
.mend { border-left: 3px solid var(--good); padding-left: .75rem; margin: .7rem 0; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem; }
@media (max-width: 34rem) {
  main { padding: 1rem .9rem 3rem; } .verdict { padding: 1rem 1rem 1.1rem; } .verdict .answer { font-size: 1.7rem; }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  .chart { grid-template-columns: 1fr auto; grid-auto-flow: row dense; row-gap: .15rem; } .chart .bar { grid-column: 1 / -1; margin-bottom: .55rem; }
  .chart .name { grid-column: 1; } .chart .count { grid-column: 2; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --card: #f4f4f4; --bad: #b42318; --look: #b54708; --maybe: #b08800; --good: #067647; --unsure: #6e7781; --waived: #6941c6; --bad-soft: #fff; --good-soft: #fff; --look-soft: #fff; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; } h2 { break-after: avoid; } .verdict, .tiles li, .chart > *, .places li { break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; height: auto; } summary { list-style: none; break-after: avoid; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
