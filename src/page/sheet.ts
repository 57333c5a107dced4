import { styles } from "../report/styles.js";

const swatches = Array.from({ length: 25 }, (_, i) => `.batch-${i}{background:var(--batch-${i})}`).join("\n");

/** What `withClasses` takes out of the charts. */
const charts = `
.chart{display:block;height:auto;max-width:100%;color:var(--muted);overflow:visible}
.chart text,.chart tspan{white-space:pre}
.text-11{font-size:11px}
.text-12{font-size:12px}
${swatches}
`;

const frame = `
body{min-height:100vh}
main{max-width:1180px;padding:20px 24px 96px}
.bar{display:flex;flex-wrap:wrap;align-items:center;gap:4px 20px;padding:10px 24px;border-bottom:1px solid var(--grid);font-size:14px}
.bar ul{display:flex;gap:16px;list-style:none;margin:0;padding:0}
.bar li{margin:0}
.bar a{text-decoration:none;padding:4px 0;display:inline-block}
.brand{font-weight:700;color:var(--ink)}
.bar a[aria-current]{color:var(--ink);font-weight:600}
.connection{margin:0 0 0 auto;max-width:none;font-weight:600;color:var(--accent)}
.skip{position:absolute;left:-9999px}
.skip:focus{left:8px;top:8px;background:var(--paper);padding:8px 12px;z-index:2}
a{color:var(--link);text-underline-offset:2px}
:root{--link:#1d4ed8}
@media (prefers-color-scheme:dark){:root{--link:#93b4ff}}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
h1{font-size:22px;line-height:1.3;letter-spacing:-.01em;margin:0;overflow-wrap:anywhere}
.under{color:var(--muted);font-size:14px;margin:2px 0 0;max-width:none}
.tabs{display:flex;flex-wrap:wrap;gap:2px 18px;margin:10px 0 0;padding:0;list-style:none;font-size:14px;max-width:none}
.tabs li{margin:0}
.tabs a{display:inline-block;padding:3px 0}
.tabs a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
.state{display:inline-block;font-size:13px;font-weight:600;border:1.5px solid currentColor;border-radius:999px;padding:0 9px;color:var(--muted);white-space:nowrap;vertical-align:middle}
.state.running{color:var(--accent)}
progress{width:100%;height:8px;accent-color:var(--accent);margin:4px 0 8px;display:block}
.scroll{max-width:100%}
td progress{width:90px;margin:3px 0 0}
form.filters{display:flex;flex-wrap:wrap;gap:10px 16px;align-items:end;margin:18px 0 6px;font-size:14px}
.filters label{display:grid;gap:2px;color:var(--muted);font-size:13px}
input,select,button{font:inherit;font-size:14px;color:var(--ink);background:var(--paper);border:1px solid var(--faint);border-radius:6px;padding:5px 9px;min-height:34px;max-width:100%}
input[type=checkbox]{width:18px;height:18px;min-height:0;accent-color:var(--accent);margin:0;vertical-align:middle}
button{cursor:pointer;font-weight:600}
.action,.scripted .unscripted{display:none}
.scripted .action{display:inline-block}
.trial .wrap{padding-left:0}
.actions{display:flex;flex-wrap:wrap;gap:8px;margin:10px 0}
.scripted .drag{flex-basis:100%;order:1;margin:0;max-width:none}
.filters:not(:has(input[placeholder]:not(:placeholder-shown))) .whole{display:none}
[data-part]:empty+.zoom,.now:has(.idle) .zoom{display:none}
.zoom{margin-top:10px}
.zoom summary{font-size:14px;color:var(--link);cursor:pointer;padding:3px 0}
.zoom .filters{margin-top:6px}
div.filters{display:flex;flex-wrap:wrap;gap:10px 16px;align-items:end;font-size:14px}
svg[data-zoom-scale]{cursor:crosshair}
.shade{position:fixed;z-index:3;pointer-events:none;background:var(--accent);opacity:.16}
@media (hover:none){.scripted .drag{display:none}}
.connection:empty{display:none}
.note{color:var(--muted);font-size:14px}
main:has(.empty) :is(.filters,.compare){display:none}
`;

const study = `
.columns{display:grid;grid-template-columns:minmax(0,1fr);gap:0 48px}
.argument{min-width:0;max-width:752px}
.now h2{margin-top:28px;font-size:17px}
.now p,.now li{font-size:14px}
.now figure{margin-top:10px}
.now .wide{display:none}
.now .narrow{display:block;max-width:480px}
.next{list-style:none;padding:0;margin:0}
.next li{padding:7px 0;border-bottom:1px solid var(--grid)}
.next b{font-weight:600}
#answer{margin-top:22px}
.columns:not(:has(section)){grid-template-columns:minmax(0,752px)}
.unit{display:none}
.now table{font-size:12.5px}
.now th,.now td{padding-right:8px}
.closing .sizes{width:auto;margin-left:0}
.closing .method p{max-width:75ch}
.trial{max-width:752px}
.trial h2{margin-top:24px}
.contents ul{list-style:none;padding:0}
.contents li{margin:0}
.contents a{display:inline-block;padding:3px 0}
section[id]{scroll-margin-top:12px}
td a{display:inline-block;min-width:24px;padding:2px 0}
td.answered{white-space:normal;min-width:30ch}
.objectives .interval{white-space:nowrap}
@media (min-width:1100px){
.columns:has(section){grid-template-columns:minmax(0,752px) minmax(280px,1fr)}
.now{padding:0 4px 24px}
[data-part=contents]{position:sticky;top:0;max-height:100vh;overflow-y:auto;scrollbar-width:thin}
}
@media (max-width:1099px){
.now{grid-row:1}
.contents{display:none}
.columns:has(section) :is(.now,[data-part=now]){display:contents}
.columns:has(section) .argument{order:1}
.columns:has(section) .upcoming{order:2}
.cards table,.cards tbody{display:block}
.cards thead{position:absolute;left:-9999px}
.cards tr{display:grid;grid-template-columns:30px minmax(0,1fr) auto;border-bottom:1px solid var(--grid);padding:10px 0;gap:2px 6px}
.cards td{display:block;border:0;padding:0;white-space:normal;text-align:left;grid-column:2/-1}
.cards td:nth-child(1){grid-column:1}
.cards td:nth-child(2){grid-column:2}
.cards td:nth-child(3){grid-column:3}
.cards td .interval{display:inline;font-size:12px}
.cards .unit{display:inline}
.cards td.answered{min-width:0}
.stacked table,.stacked tbody,.stacked tr,.stacked td{display:block;min-width:0;white-space:normal;text-align:left}
.stacked thead{position:absolute;left:-9999px}
.stacked tr{border-bottom:1px solid var(--grid);padding:10px 0}
.stacked td{border:0;padding:0}
.stacked .unit{display:inline}
.cards .none,.stacked .none{display:none}
.stacked td .interval{display:inline;font-size:12px}
}
@media (max-width:640px){
main{padding:16px 16px 72px}
.bar{padding:8px 16px}
.filters label{flex:1 1 40%}
.filters input,.filters select{width:100%}
td.answered{min-width:0}
.trials table,.trials tbody{display:block}
.trials thead{position:absolute;left:-9999px}
.trials tr{display:flex;flex-wrap:wrap;gap:2px 14px;align-items:baseline;border-bottom:1px solid var(--grid);padding:8px 0}
.trials td{border:0;padding:0;text-align:left}
.trials td[data-label]::before{content:attr(data-label) " ";color:var(--muted)}
.trials td:first-child{align-self:center}
}
@media (prefers-reduced-motion:no-preference){progress::-webkit-progress-value{transition:width .4s}}
@media print{
:root{--link:#1d4ed8}
.bar,.tabs,.filters,.zoom,.skip,.actions,.compare,.contents{display:none}
.columns{display:block}
main{max-width:none}
}
`;

const maker = `
.maker{display:grid;grid-template-columns:minmax(0,1fr);gap:24px 48px;margin-top:14px}
.fields details{border-bottom:1px solid var(--grid);padding:10px 0}
.fields summary{font-weight:600;cursor:pointer;padding:3px 0}
.group{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,240px),1fr));gap:10px 14px;padding:8px 0}
.group label{display:grid;gap:2px;color:var(--muted);font-size:13px;align-content:start}
.group .long{grid-column:1/-1}
.group input,.group select{width:100%}
.group input::placeholder{color:var(--muted);opacity:1;font-style:italic}
.file{max-width:100%;overflow-x:auto}
.made h2:first-child{margin-top:4px}
.made pre{white-space:pre-wrap;overflow-wrap:anywhere}
.button{display:inline-block;font-size:14px;font-weight:600;border:1px solid var(--faint);border-radius:6px;padding:6px 10px;min-height:34px;box-sizing:border-box;text-decoration:none;color:var(--ink)}
@media (min-width:900px){
.maker{grid-template-columns:minmax(0,5fr) minmax(0,6fr)}
.made{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;scrollbar-width:thin}
}
`;

/** The page's one style sheet: that of the report, whose sections it shows, and its own. */
export const sheet = `${styles}${charts}${frame}${study}${maker}`;
