import { html } from '../lib/html.js';
import { icon } from '../lib/icons.js';
import { get } from '../lib/http.js';
import { kindly } from '../lib/kindly.js';
import { byTag, curl, fieldsOf, nameOf, operations, rulesOf, typeOf } from './contract.js';
import '../lib/theme-switch.js';

const main = document.querySelector('#main');
const index = document.querySelector('#index');
const filter = document.querySelector('#filter');

function show(contract) {
  const groups = byTag(contract);
  index.innerHTML = html`${groups.map(chapter)}`;
  main.innerHTML = html`
    ${welcome(contract)} ${groups.map((group) => section(contract, group))} ${schemas(contract)}
  `;
  main.addEventListener('click', ({ target }) => copy(target.closest('[data-copies]')));
  filter.addEventListener('input', () => narrow(filter.value.trim().toLowerCase()));
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

/* --- The index ------------------------------------------------------------------------------------------------ */

const chapter = (group) => html`
  <section data-chapter>
    <h2><a href="#${group.name}">${group.name}</a></h2>
    <ul>
      ${group.operations.map(
        (one) => html`
          <li data-words="${`${one.method} ${one.path} ${one.id} ${one.summary}`.toLowerCase()}">
            <a href="#${one.id}" title="${one.summary}">${method(one)}<span>${breakable(one.path)}</span></a>
          </li>
        `,
      )}
    </ul>
  </section>
`;

/** Hides what does not have all of these words. */
function narrow(text) {
  const words = text.split(/\s+/);
  for (const line of index.querySelectorAll('[data-words]')) {
    line.hidden = !words.every((word) => line.dataset.words.includes(word));
  }
  for (const part of index.querySelectorAll('[data-chapter]')) {
    part.hidden = !part.querySelector('[data-words]:not([hidden])');
  }
}

/* --- The chapters --------------------------------------------------------------------------------------------- */

const welcome = ({ info, paths, components }) => html`
  <header class="head">
    <h1 tabindex="-1">${info.title}</h1>
    <p class="lead">${prose(info.description)}</p>
    <p class="chips">
      <span class="chip">version ${info.version}</span>
      <span class="chip">${operations({ paths }).length} operations</span>
      <a class="chip" href="/openapi.yaml">openapi.yaml</a>
      <a class="chip" href="/openapi.json">openapi.json</a>
      <a class="chip" href="/asyncapi.yaml">events: asyncapi.yaml</a>
    </p>
    ${Object.values(components?.securitySchemes ?? {}).map((one) => html`<p class="quiet">${prose(one.description)}</p>`)}
  </header>
`;

const section = (contract, group) => html`
  <section class="chapter" aria-labelledby="${group.name}">
    <h2 id="${group.name}">${group.name}</h2>
    ${group.description && html`<p class="quiet">${prose(group.description)}</p>`}
    ${group.operations.map((one) => card(contract, one))}
  </section>
`;

const card = (contract, one) => html`
  <article class="panel operation" id="${one.id}" aria-labelledby="${one.id}-title">
    <h3 id="${one.id}-title">${method(one)}<code>${breakable(one.path)}</code></h3>
    <p>${prose(one.summary)}</p>
    ${one.description && html`<p class="quiet">${prose(one.description)}</p>`}
    <p class="chips">
      ${one.secured ? html`<span class="chip">signed in</span>` : html`<span class="chip good">anyone</span>`}
      ${one.role && html`<span class="chip warn">${one.role} only</span>`}
      ${one.limit && html`<span class="chip">limited as ${one.limit}</span>`}
      ${one.deprecated && html`<span class="chip warn">no longer to be used</span>`}
      <span class="chip still">${one.id}</span>
    </p>
    ${one.parameters.length > 0 && part('Parameters', fieldList(one.parameters.map((each) => parameter(contract, each))))}
    ${one.body && part(one.body.required ? 'Body' : 'Body, if any', contents(contract, one.body.content))}
    ${part('Answers', html`<ul class="answers">${one.answers.map((each) => answer(contract, each))}</ul>`)}
    ${part('Try it', command(curl(contract, one, location.origin)))}
  </article>
`;

const part = (title, content) => html`<h4>${title}</h4>${content}`;

const parameter = (contract, { name, in: where, required, schema = {}, description = '' }) => ({
  name,
  where,
  required: required === true,
  type: typeOf(contract, schema),
  rules: rulesOf(contract, schema),
  description,
  fields: [],
});

const answer = (contract, { status, description, content, headers }) => html`
  <li>
    <p><span class="status" data-class="${status[0]}">${status === 'default' ? 'else' : status}</span> ${prose(description)}</p>
    ${headers && html`<p class="quiet">with ${Object.keys(headers).map((name) => html`<code>${name}</code> `)}</p>`}
    ${contents(contract, content)}
  </li>
`;

const contents = (contract, content = {}) =>
  Object.entries(content).map(
    ([type, { schema = {} }]) => html`
      <details ${nameOf(schema) === 'Problem' ? '' : 'open'}>
        <summary><code>${type}</code> ${linked(contract, schema)}</summary>
        ${fieldList(fieldsOf(contract, schema))}
      </details>
    `,
  );

const linked = (contract, schema) =>
  nameOf(schema) ? html`<a href="#schema-${nameOf(schema)}">${nameOf(schema)}</a>` : html`${typeOf(contract, schema)}`;

const fieldList = (fields) =>
  fields.length > 0 &&
  html`
    <ul class="fields">
      ${fields.map(
        (field) => html`
          <li>
            <code class="name">${field.name}</code>
            <span class="type">${field.type}${field.where && ` in ${field.where}`}</span>
            ${field.required && html`<span class="needed">required</span>`}
            <span class="rules">${field.rules.join(' · ')}</span>
            ${field.description && html`<p>${prose(field.description)}</p>`} ${fieldList(field.fields)}
          </li>
        `,
      )}
    </ul>
  `;

const schemas = (contract) => html`
  <section class="chapter" aria-labelledby="schemas">
    <h2 id="schemas">Schemas</h2>
    ${Object.entries(contract.components?.schemas ?? {}).map(
      ([name, schema]) => html`
        <article class="panel operation" id="schema-${name}">
          <h3><code>${name}</code></h3>
          <p class="quiet">${prose(schema.description ?? '')} ${[typeOf(contract, schema), ...rulesOf(contract, schema)].join(' · ')}</p>
          ${fieldList(fieldsOf(contract, schema))}
        </article>
      `,
    )}
  </section>
`;

/* --- Small pieces --------------------------------------------------------------------------------------------- */

const method = (one) => html`<span class="method" data-method="${one.method}">${one.method}</span>`;

/** A path may break after a slash. */
const breakable = (path) => path.split(/(?<=\/)/).map((step) => html`${step}<wbr />`);

/** Text, with what stands between backticks as code. */
function prose(text = '') {
  return text.split('`').map((piece, i) => (i % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`));
}

const command = (line) => html`
  <div class="command">
    <pre tabindex="0"><code>${line}</code></pre>
    <button type="button" class="button small" data-copies="${line}" aria-live="polite">Copy</button>
  </div>
`;

async function copy(button) {
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copies);
    button.innerHTML = html`${icon('check')} Copied`;
  } catch {
    getSelection().selectAllChildren(button.previousElementSibling); // no clipboard here: it is selected instead
    button.textContent = 'Selected';
  }
  button.addEventListener('blur', () => (button.textContent = 'Copy'), { once: true });
}

get('/openapi.json')
  .then(show, (problem) => {
    main.innerHTML = html`<p class="notice" role="alert">${kindly(problem)}</p>`;
  })
  .finally(() => main.removeAttribute('aria-busy'));
