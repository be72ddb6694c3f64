#include "scenarios/report/html.hpp"

namespace citytwin::scenarios::report {

std::string style_sheet() {
  return R"css(
:root { --ink: #1d2630; --soft: #55626f; --line: #cfd6dd; --paper: #ffffff; --tint: #f3f6f8; --accent: #173f92; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 28px 60px; max-width: 1080px; color: var(--ink); background: var(--paper);
  font: 15px/1.5 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", "Noto Sans", "PingFang SC",
  "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 26px; line-height: 1.25; margin: 4px 0 2px; }
h2 { font-size: 20px; margin: 44px 0 10px; padding-top: 10px; border-top: 2px solid var(--ink); }
h3 { font-size: 16px; margin: 24px 0 6px; }
p { margin: 6px 0 10px; max-width: 78ch; }
.kicker, .footnote, .attribution, figcaption small { max-width: none; color: var(--soft); font-size: 12.5px; }
.attribution { margin: 2px 0 0; font-size: 11.5px; }
.question { font-size: 19px; font-weight: 600; margin: 14px 0 8px; }
.answer { font-size: 17px; line-height: 1.5; border-left: 4px solid var(--accent); padding-left: 14px; }
.answer p { max-width: none; }
.banner { border: 2px solid #9c4a00; background: #fff3e0; padding: 8px 12px; margin: 10px 0; max-width: none; }
.caution { border-left: 4px solid #9c4a00; padding-left: 14px; margin: 12px 0; max-width: none; }
.banner.failed { border-color: #9b0000; background: #fdeaea; }
.tiles { display: grid; grid-template-columns: repeat(3, 1fr); gap: 10px; margin: 18px 0; }
.parted { grid-template-columns: repeat(4, 1fr); }
.tile { border: 1px solid var(--line); background: var(--tint); padding: 8px 12px; }
.tile b { display: block; font-size: 22px; line-height: 1.25; }
.tile span { display: block; font-size: 13px; color: var(--soft); }
.tile .change { color: var(--ink); font-weight: 600; }
figure { margin: 14px 0 8px; }
figcaption { font-weight: 600; margin-bottom: 4px; }
figcaption small { font-weight: 400; display: block; }
figure svg { display: block; width: 100%; height: auto; border: 1px solid var(--line); background: #fff; }
figure.map svg { max-width: calc(var(--aspect) * var(--map-h)); }
.tall { display: grid; grid-template-columns: minmax(0, auto) minmax(10em, 1fr); gap: 16px; align-items: end; }
.tall figure { width: calc(var(--aspect) * var(--map-h)); max-width: 100%; margin-bottom: 0; }
.tall .legend { flex-direction: column; }
body { --map-h: 680px; --pair-h: 560px; } .side { --map-h: var(--pair-h); }
figure.chart svg { border: 0; }
.side { display: grid; grid-template-columns: 1fr 1fr; gap: 4px 14px; }
.side figure { margin: 8px 0 2px; }
.side .wide { grid-column: 1 / -1; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 16px; padding: 0; margin: 6px 0 2px;
  font-size: 12.5px; }
.legend li { display: flex; align-items: center; gap: 5px; }
.legend svg { width: 20px; height: 13px; flex: none; }
.legend .title { font-weight: 600; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
caption { text-align: left; font-weight: 600; padding: 4px 0; }
th, td { text-align: left; vertical-align: top; padding: 4px 10px 4px 0; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 1.5px solid var(--ink); font-size: 12.5px; color: var(--soft); font-weight: 600; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th.n { white-space: normal; }
.table { margin: 14px 0 18px; overflow-x: auto; }
dl { margin: 8px 0 14px; font-size: 13.5px; }
dl div { display: grid; grid-template-columns: 15em 1fr; gap: 12px; padding: 3px 0; border-bottom: 1px solid var(--line); }
dt { color: var(--soft); overflow-wrap: anywhere; } dd { margin: 0; overflow-wrap: anywhere; }
dl.compact { columns: 2; column-gap: 24px; font-size: 12px; line-height: 1.35; }
dl.compact div { grid-template-columns: 1fr 1fr; break-inside: avoid; }
.status-mark { display: none; }
ul.causes { margin: 0; padding-left: 16px; } ul.causes ul { padding-left: 16px; }
.mono { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 12px; }
.bar { display: inline-block; height: 9px; background: #55626f; vertical-align: baseline; }
@media (max-width: 640px) { .tiles, .side { grid-template-columns: 1fr; } dl div { grid-template-columns: 1fr; gap: 0; } }
@page { size: A4; margin: 15mm 15mm 16mm; }
@media print {
  html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { max-width: none; padding: 0 1px 0 0; font-size: 10pt; }
  h1 { font-size: 18pt; } h2 { font-size: 14pt; margin-top: 18pt; break-after: avoid; } h3 { break-after: avoid; }
  .answer { font-size: 11.5pt; } .question { font-size: 13pt; } .tile b { font-size: 14pt; }
  .tile, .banner, .caution, figure, .maps, .keep, tr, dl div { break-inside: avoid; }
  .tiles { gap: 6px; margin: 10px 0; } .tile { padding: 5px 9px; }
  body { --map-h: 88mm; --pair-h: 62mm; }
  .status-mark { display: block; position: fixed; top: -9mm; left: 0; right: 0; text-align: center; color: #9b0000;
    font-size: 9pt; font-weight: 700; }
  .intro { break-after: avoid; break-inside: avoid; }
  .table.short { break-inside: avoid; }
  dl.compact { font-size: 7.2pt; }
  .page { break-before: page; }
  .page > h2:first-child { margin-top: 0; }
  thead { display: table-header-group; }
  table, dl { font-size: 8.8pt; } .legend, .footnote, .kicker { font-size: 8.5pt; } .attribution { font-size: 7.5pt; }
  .table { overflow: visible; }
  a { color: inherit; text-decoration: none; }
}
)css";
}

}  // namespace citytwin::scenarios::report
