/** What the playground adds to the sheet of the pages. */
export const playgroundStyles = `
:root{--lane-0:#c2410c;--lane-1:#1d4ed8;--lane-2:#0f766e;--lane-3:#7e22ce}
@media (prefers-color-scheme:dark){:root{--lane-0:#fb923c;--lane-1:#7eb0ff;--lane-2:#3fd6be;--lane-3:#d09bff}}
.lead{font-size:17px;margin:4px 0 14px;max-width:none}
.refused{font-weight:600;color:var(--accent)}
.refused:empty,.trouble:empty,.proof:empty,.lane .note:empty{display:none}
.transport{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;gap:8px 10px;align-items:center;padding:10px 0;background:var(--paper);border-bottom:1px solid var(--grid)}
.transport label,.pictures .row label{display:flex;align-items:center;gap:6px;color:var(--muted);font-size:13px}
.play,.start{background:var(--accent);border-color:var(--accent);color:var(--paper);min-width:84px}
.spread{flex:1}
.said{font-size:13px;color:var(--muted)}
.said:empty{display:none}
button:disabled,select:disabled{opacity:.5;cursor:default}
.tour{border:1px solid var(--grid);border-left:4px solid var(--accent);border-radius:6px;padding:10px 14px;margin:0 0 10px;background:var(--wash)}
.tour h2{font-size:17px;margin:0 0 6px}
.tour h2:focus{outline:none}
.tour p{margin:0 0 8px;max-width:80ch}
.tour .note{margin-left:10px}
.question{font-weight:600}
button[aria-pressed=true]{border-color:var(--accent);opacity:1}
.setup{padding:10px 0}
.setup .row,.layers{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:end}
.setup label,.settings label{display:grid;gap:2px;color:var(--muted);font-size:13px}
.setup label[hidden],.setup .note:empty{display:none}
.setup .file-button{display:inline-flex;align-items:center;position:relative;color:var(--ink);font-size:14px;font-weight:600;border:1px solid var(--faint);border-radius:6px;padding:5px 9px;min-height:34px;box-sizing:border-box;cursor:pointer}
.file-button:focus-within{outline:2px solid var(--accent);outline-offset:2px}
.own-file{position:absolute;inset:0;opacity:0;cursor:pointer;width:100%}
body.dropping{outline:4px dashed var(--accent);outline-offset:-8px}
.setup .note{margin:8px 0 0;max-width:none}
.lanes{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,250px),1fr));gap:18px;margin:10px 0}
.lane{border-top:4px solid var(--own);padding:8px 0 0;min-width:0}
.lane-0{--own:var(--lane-0)}.lane-1{--own:var(--lane-1)}.lane-2{--own:var(--lane-2)}.lane-3{--own:var(--lane-3)}
.lane h2{font-size:16px;margin:0 0 6px}
.letter{color:var(--own)}
.settings{display:grid;grid-template-columns:1fr 1fr;gap:8px}
.settings label:last-child{grid-column:1/-1}
.settings select{width:100%}
.field{display:block;width:100%;aspect-ratio:1;margin:10px 0;border-radius:6px;border:1px solid var(--grid)}
.norms{display:block;width:100%;height:34px;margin-top:8px}
.figures{display:grid;grid-template-columns:1fr 1fr;gap:4px 12px;margin:0;font-size:13px}
.figures.three{grid-template-columns:repeat(3,1fr)}
.figures div{min-width:0}
.figures.three div{display:flex;flex-direction:column;justify-content:space-between}
.meanings{font-size:14px;margin:10px 0}
.meanings dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;max-width:90ch}
.meanings dt{font-weight:600}
.meanings dd{margin:0}
.figures dt{color:var(--muted);font-size:12px}
.figures dd{margin:0;font-weight:600;font-size:15px}
.trouble{color:var(--accent);font-weight:600;font-size:14px;margin:6px 0}
.proof{font-size:12.5px;overflow-wrap:anywhere}
.pictures{display:grid;grid-template-columns:minmax(0,1fr);gap:8px 36px;margin-top:20px}
.pictures h2{font-size:18px;margin:10px 0}
.pictures .row{display:flex;flex-wrap:wrap;gap:6px 16px;align-items:center}
.pictures .row h2{flex:1}
.curves{display:block;width:100%;height:320px}
.path{display:block;width:100%;height:320px}
.key{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:14px;margin:6px 0;max-width:none}
.key i{display:inline-block;width:14px;height:4px;border-radius:2px;background:var(--own);vertical-align:middle}
.race{border-top:1px solid var(--grid);margin-top:24px;padding-top:6px}
.race,.meanings{scroll-margin-top:110px}
.race-charts+.note{margin-top:12px}
.race h2{font-size:18px;margin:10px 0}
.race p{max-width:80ch}
.race .row{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:end;margin:8px 0}
.race .row label{display:grid;gap:2px;color:var(--muted);font-size:13px}
.race [hidden]{display:none}
.race p:empty,.spoken:empty{display:none}
.spoken{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.race-answer .answer{font-size:19px;font-weight:600}
.race-charts{display:flex;flex-wrap:wrap;gap:24px 32px}
@media (min-width:900px){.pictures{grid-template-columns:minmax(0,3fr) minmax(0,2fr)}}
@media (max-width:640px){.meanings dl{display:block}.meanings dd{margin:0 0 8px}.lanes{grid-auto-flow:column;grid-template-columns:none;grid-auto-columns:86%;overflow-x:auto;scroll-snap-type:x proximity;padding-bottom:8px}.lane{scroll-snap-align:start}.transport{position:static;gap:6px}.transport button{padding:5px 8px}.spread{display:none}.curves,.path{height:250px}}
`;
