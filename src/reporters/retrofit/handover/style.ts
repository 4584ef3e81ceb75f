/** What the page for those who approve has beside the look of every report. */
export const handoverStyle = `
.page { max-width: 60rem; margin: 0 auto; padding: 1.75rem 1.25rem 0; } main { padding-top: 0; }
.page h1 { font-size: 1.6rem; font-weight: 700; margin: .1rem 0 .25rem; }
footer.page { margin-top: 0; padding: 1rem 1.25rem 3rem; }
.skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .4rem .8rem; }
.verdict h2.question { font-size: 1rem; font-weight: 400; margin: 0; }
a { color: inherit; text-underline-offset: .15em; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; margin: .9rem 0 0; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th, td { text-align: left; vertical-align: top; padding: .55rem .9rem .55rem 0; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--soft); font-weight: 600; font-size: .8125rem; padding-top: 0; white-space: nowrap; }
tbody th { font-weight: 600; } tbody th code { background: none; padding: 0; font-weight: 600; }
tbody td { font-variant-numeric: tabular-nums; }
td .badge { margin: 0 .35rem 0 0; } tbody th { min-width: 9.5rem; max-width: 22rem; } th code, td code { overflow-wrap: break-word; } td .soft, th .soft { font-weight: 400; display: block; font-size: .8125rem; }
.verdict .soft { margin-top: .8rem; }
tr.group th { color: var(--soft); font-weight: 600; padding-top: 1.3rem; border-top: 0; }
tbody:first-of-type tr.group th { padding-top: .4rem; }
.points { padding-left: 1.4rem; margin: .6rem 0; } .points > li { padding: .3rem 0; } .points > li::marker { color: var(--soft); }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; margin: .5rem 0; overflow-x: auto; font: .875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: .75rem; margin: .6rem 0; }
dl div { border: 1px solid var(--line); border-radius: 8px; padding: .6rem .9rem; } dt { color: var(--soft); font-size: .875rem; } dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
@media (max-width: 44rem) {
  .page { padding: 1.1rem .9rem 0; } .page h1 { font-size: 1.35rem; } footer.page { padding: 1rem .9rem 2rem; }
  table.cards, .cards tbody, .cards tr, .cards th, .cards td { display: block; } .cards thead { position: absolute; left: -999rem; }
  .cards tr { border-top: 1px solid var(--line); padding: .6rem 0; } .cards th, .cards td { border: 0; padding: .12rem 0; }
  .cards td { display: flex; gap: .6rem; } .cards td > div { flex: 1; min-width: 0; }
  .cards td::before { content: attr(data-name); color: var(--soft); font-size: .875rem; flex: 0 0 5.5rem; }
  .cards tr.group { border: 0; padding: 1rem 0 .2rem; }
}
@media print { .skip { display: none; } a { text-decoration: none; } thead { display: table-header-group; } tr, .points > li, dl div, pre { break-inside: avoid; } .scroll { overflow: visible; } pre { white-space: pre-wrap; } }
`;
