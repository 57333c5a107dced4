import { expect, test } from "vitest";
import { html } from "./markup.js";
import { prose } from "./prose.js";

test("what is inserted is text, unless it is markup", () => {
	const hostile = `<script>alert("1")</script> & 'co'`;
	expect(html`<p title="${hostile}">${hostile}${html`<b>${1}</b>`}${null}${["<", html`<i>x</i>`]}</p>`.text).toBe(
		'<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;co&#39;">' +
			"&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;co&#39;<b>1</b>&lt;<i>x</i></p>",
	);
});

test.each([
	["in 111 [101–116] steps", 'in <span class="figure">111<span class="interval"> [101–116]</span></span> steps'],
	["10.6 ms [9.6–11.0] of", '<span class="figure">10.6\u00a0ms<span class="interval"> [9.6–11.0]</span></span> of'],
	["B_crit = <60>", "<var>B</var><sub>crit</sub> = &lt;60&gt;"],
	["5 % more", "5\u00a0% more"],
	["3 steps in 4 minutes", "3 steps in 4 minutes"],
])("prose sets %j", (text, expected) => expect(prose(text).text).toBe(expected));
