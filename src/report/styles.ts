import { fontFamily, themeVariables } from "../charts/theme.js";

/** The report's one style sheet: a column of text as wide as its charts, light and dark, on a phone and on paper. */
export const styles = `
:root{color-scheme:light dark;${themeVariables("light")}--wash:#f6f7f9}
@media (prefers-color-scheme:dark){:root{${themeVariables("dark")}--wash:#1c1f25}}
@media print{:root{color-scheme:light;${themeVariables("light")}--wash:#f6f7f9}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 ${fontFamily};font-variant-numeric:tabular-nums;overflow-wrap:break-word}
main{max-width:752px;margin:0 auto;padding:40px 16px 96px}
header{margin-bottom:28px}
h1{font-size:15px;font-weight:600;margin:0}
header p{margin:2px 0 0;font-size:14px;color:var(--muted)}
h2{font-size:21px;line-height:1.3;font-weight:650;letter-spacing:-.01em;margin:72px 0 10px}
h3{font-size:15px;font-weight:650;margin:20px 0 2px}
p{margin:0 0 12px;max-width:68ch}
.answer{font-size:25px;line-height:1.35;letter-spacing:-.012em;font-weight:600;margin:0 0 16px;max-width:none;text-wrap:pretty}
.verdict{display:inline-block;font-size:13px;font-weight:600;color:var(--accent);border:1.5px solid var(--accent);border-radius:999px;padding:1px 10px;margin:0 0 12px}
ul{margin:0 0 12px;padding-left:1.15em;max-width:68ch}
li{margin:3px 0}
.figure{white-space:nowrap}
.interval{color:var(--muted);font-weight:400}
var{font-style:italic}
sub{font-size:.75em;line-height:0}
.aside{border-left:3px solid var(--accent);padding:2px 0 2px 14px;margin:20px 0}
.aside h3{margin-top:0}
.aside>:last-child{margin-bottom:0}
.quiet{border-left-color:var(--grid)}
figure{margin:20px 0 0}
figure svg{display:block;width:100%;height:auto}
.narrow{display:none}
figcaption{font-size:14px;line-height:1.5;color:var(--muted);margin-top:10px;max-width:74ch}
.scroll{overflow-x:auto;margin:16px 0;-webkit-overflow-scrolling:touch}
.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{border-collapse:collapse;font-size:13.5px;line-height:1.35;width:100%}
th,td{text-align:left;padding:7px 14px 7px 0;border-bottom:1px solid var(--grid);vertical-align:baseline;white-space:nowrap}
td.wrap{white-space:normal;min-width:14ch}
.wrap{padding-left:10px}
th{font-weight:500;color:var(--muted);vertical-align:bottom;white-space:normal}
th:last-child,td:last-child{padding-right:0}
.n{text-align:right}
.sizes .interval{display:block;font-size:12px}
.sizes th:first-child,.sizes td:first-child{position:sticky;left:0;background:var(--paper);padding-right:16px}
tr.chosen td{font-weight:650}
tr.chosen td:first-child{color:var(--accent)}
.swatch{display:inline-block;width:9px;height:9px;border-radius:50%;margin-right:8px}
.units{margin:18px 0 0}
.units>input{position:absolute;opacity:0}
.units>label{display:inline-block;font-size:14px;padding:3px 12px;border:1px solid var(--grid);border-radius:999px;margin:0 6px 10px 0;cursor:pointer;color:var(--muted)}
.units>input:checked+label{color:var(--accent);border-color:var(--accent);font-weight:600}
.units>input:focus-visible+label{outline:2px solid var(--accent);outline-offset:2px}
.units>figure{display:none;margin-top:8px}
#by-steps:checked~.by-steps,#by-epochs:checked~.by-epochs,#by-examples:checked~.by-examples,#by-seconds:checked~.by-seconds{display:block}
pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;background:var(--wash);border-radius:6px;padding:12px 14px;margin:12px 0;overflow-x:auto}
code.flag{white-space:nowrap}
code{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
.command{display:block;white-space:nowrap;overflow-x:auto;background:var(--wash);border-radius:4px;padding:4px 8px;margin:4px 0}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:5px 20px;font-size:14px;margin:12px 0}
dt{color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere}
@media (min-width:784px){.sizes{--wide:min(1120px,100vw - 64px);width:var(--wide);margin-left:calc((720px - var(--wide))/2)}}
@media (max-width:640px){
main{padding-top:24px}
.answer{font-size:21px}
th,td{padding-right:10px}
.objectives table{display:grid;grid-auto-flow:column;grid-template-rows:repeat(6,auto);grid-template-columns:max-content;font-size:12.5px}
.objectives :is(thead,tbody,tr){display:contents}
.objectives th,.objectives td,.objectives tr>:last-child{padding-right:7px;white-space:normal}
.objectives td{text-align:right}
.objectives th{text-align:left}
td .interval{display:block;font-size:12px}
.sizes th:first-child,.sizes td:first-child{padding-right:10px}
h2{margin-top:56px}
.wide{display:none}
.narrow{display:block;max-width:480px}
dl{grid-template-columns:minmax(0,1fr);gap:0}
dd{margin-bottom:8px}
}
@media print{
@page{size:A4;margin:16mm 14mm}
body{font-size:9.5pt;line-height:1.45}
main{max-width:none;padding:0}
.answer{font-size:16pt}
h2{margin-top:20pt;font-size:14pt;break-after:avoid}
h3{break-after:avoid}
figure,tr,.aside,.method,pre{break-inside:avoid}
.explained{break-inside:avoid;break-after:avoid}
figure{margin-top:8pt}
figcaption{font-size:8.5pt}
.wide svg{max-width:150mm}
.wide{display:block}
.narrow{display:none}
.sizes{width:auto;margin-left:0;break-inside:avoid}
.scroll,pre,.command{overflow:visible}
pre,.command{white-space:pre-wrap}
table{font-size:8.5pt}
.sizes table{font-size:7.5pt}
.sizes .interval{font-size:6.5pt}
.sizes th,.sizes td{padding:3pt 5pt 3pt 0}
.sizes th:first-child,.sizes td:first-child{position:static;padding-right:6pt}
.sizes .wrap{min-width:0}
.units>input,.units>label{display:none}
.units>figure{display:block;margin-bottom:18pt}
}
`;
