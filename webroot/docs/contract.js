/** Reads an OpenAPI 3.1 document: pure functions, so that what the page shows can be tested without a page. */

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** What a reference stands for; anything else stands for itself. */
export function resolve(contract, node) {
  let found = node;
  for (let hops = 0; found?.$ref !== undefined && hops < 20; hops++) {
    found = found.$ref
      .slice('#/'.length)
      .split('/')
      .reduce((part, name) => part?.[name.replaceAll('~1', '/').replaceAll('~0', '~')], contract);
  }
  return found ?? {};
}

/** The last part of a reference, which is the name that people know. */
export const nameOf = (node) => node?.$ref?.split('/').at(-1) ?? null;

/** The operations in the order of the contract, by tag; those without one come last. */
export function byTag(contract) {
  const described = new Map((contract.tags ?? []).map((tag) => [tag.name, tag.description ?? '']));
  const groups = new Map([...described.keys()].map((name) => [name, []]));
  for (const operation of operations(contract)) {
    for (const tag of operation.tags) {
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push(operation);
    }
  }
  return [...groups]
    .filter(([, members]) => members.length > 0)
    .map(([name, members]) => ({ name, description: described.get(name) ?? '', operations: members }));
}

export function operations(contract) {
  return Object.entries(contract.paths ?? {}).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => operation(contract, path, method, item)),
  );
}

function operation(contract, path, method, item) {
  const own = item[method];
  const all = [...(item.parameters ?? []), ...(own.parameters ?? [])].map((one) => resolve(contract, one));
  const parameters = new Map(all.map((one) => [`${one.in} ${one.name}`, one])); // the later over the earlier
  return {
    id: own.operationId ?? `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    tags: own.tags?.length ? own.tags : ['other'],
    summary: own.summary ?? '',
    description: own.description ?? '',
    deprecated: own.deprecated === true,
    secured: (own.security ?? contract.security ?? []).length > 0,
    limit: own['x-limit'] ?? null,
    role: own['x-role'] ?? null,
    parameters: [...parameters.values()],
    body: own.requestBody ? resolve(contract, own.requestBody) : null,
    answers: Object.entries(own.responses ?? {}).map(([status, answer]) => ({
      status,
      ...resolve(contract, answer),
    })),
  };
}

/** The kind of a value, in a few words. */
export function typeOf(contract, node) {
  const schema = resolve(contract, node);
  const options = schema.oneOf ?? schema.anyOf;
  if (options) return options.map((option) => typeOf(contract, option)).join(' or ');
  if (schema.allOf) return schema.allOf.map((part) => nameOf(part) ?? typeOf(contract, part)).join(' and ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  const kinds = [schema.type ?? (schema.properties ? 'object' : 'any')].flat();
  const words = kinds.map((kind) => (kind === 'array' ? `list of ${typeOf(contract, schema.items ?? {})}` : kind));
  return words.join(' or ');
}

const RULES = {
  format: (format) => format,
  contentMediaType: (type) => type,
  minLength: (n) => `at least ${n} characters`,
  maxLength: (n) => `at most ${n} characters`,
  pattern: (pattern) => `matches ${pattern}`,
  minimum: (n) => `at least ${n}`,
  maximum: (n) => `at most ${n}`,
  exclusiveMinimum: (n) => `more than ${n}`,
  exclusiveMaximum: (n) => `less than ${n}`,
  multipleOf: (n) => `a multiple of ${n}`,
  minItems: (n) => `at least ${n} of them`,
  maxItems: (n) => `at most ${n} of them`,
  uniqueItems: (yes) => yes && 'none twice',
  minProperties: (n) => `at least ${n} fields`,
  maxProperties: (n) => `at most ${n} fields`,
  additionalProperties: (more) => more === false && 'no other fields',
  default: (value) => `${JSON.stringify(value)} if left out`,
  readOnly: (yes) => yes && 'only in answers',
  writeOnly: (yes) => yes && 'only in requests',
  deprecated: (yes) => yes && 'no longer to be used',
};

/** What else a value has to keep. */
export function rulesOf(contract, node) {
  const schema = resolve(contract, node);
  return Object.entries(RULES)
    .filter(([rule]) => schema[rule] !== undefined)
    .map(([rule, say]) => say(schema[rule]))
    .filter(Boolean);
}

/** The fields of a schema, with those inside them; a schema inside itself is only named. */
export function fieldsOf(contract, node, above = []) {
  const name = nameOf(node);
  if (name && above.includes(name)) return [];
  const path = name ? [...above, name] : above;
  const schema = resolve(contract, node);
  const inside = (other) => fieldsOf(contract, other, path);
  const own = Object.entries(schema.properties ?? {}).map(([field, value]) => ({
    name: field,
    type: typeOf(contract, value),
    required: (schema.required ?? []).includes(field),
    rules: rulesOf(contract, value),
    description: resolve(contract, value).description ?? '',
    fields: inside(value),
  }));
  const more = typeof schema.additionalProperties === 'object' ? inside(schema.additionalProperties) : [];
  const parts = [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap(inside);
  return [...own, ...more, ...parts, ...(schema.items ? inside(schema.items) : [])];
}

const SAMPLES = { email: 'you@example.com', password: 'correct horse', currency: 'USD', title: 'A lovely lamp' };

/** A value that could be sent: as said in the contract, or made up. */
export function sample(contract, node, field = '', depth = 0) {
  const schema = resolve(contract, node);
  const given = schema.example ?? schema.examples?.[0] ?? schema.const ?? schema.default ?? schema.enum?.[0];
  if (given !== undefined) return given;
  const option = schema.oneOf?.[0] ?? schema.anyOf?.[0];
  if (option) return sample(contract, option, field, depth);
  if (depth > 6) return null;
  const kind = [schema.type ?? (schema.properties || schema.allOf ? 'object' : 'string')].flat()[0];
  if (kind === 'object') return sampleObject(contract, schema, depth);
  if (kind === 'array') return [sample(contract, schema.items ?? {}, field, depth + 1)];
  if (kind === 'integer' || kind === 'number') return Math.max(schema.minimum ?? 1, Math.min(1, schema.maximum ?? 1));
  if (kind === 'boolean') return true;
  if (kind === 'null') return null;
  return SAMPLES[field] ?? (field.endsWith('Id') ? `<${field}>` : 'text');
}

function sampleObject(contract, schema, depth) {
  const parts = (schema.allOf ?? []).map((part) => sample(contract, part, '', depth + 1));
  const needed = Object.entries(schema.properties ?? {}).filter(([field]) => (schema.required ?? []).includes(field));
  const shown = needed.length > 0 ? needed : Object.entries(schema.properties ?? {}).slice(0, 2);
  const own = shown.map(([field, value]) => [field, sample(contract, value, field, depth + 1)]);
  return Object.assign({}, ...parts, Object.fromEntries(own));
}

const quoted = (text) => `'${String(text).replaceAll("'", `'\\''`)}'`;

/** The operation as a line for a shell. The file `jar` keeps the session between two lines. */
export function curl(contract, one, base) {
  const query = one.parameters.filter((p) => p.in === 'query' && p.required);
  const search = query.map((p) => `${p.name}=${encodeURIComponent(sample(contract, p.schema ?? {}, p.name))}`).join('&');
  const path = one.path.replaceAll(/\{(\w+)\}/g, '<$1>');
  const words = ['curl', '-b jar -c jar'];
  if (one.method !== 'GET') words.push(`-X ${one.method}`);
  words.push(quoted(base + path + (search && `?${search}`)));
  for (const header of one.parameters.filter((p) => p.in === 'header' && p.required)) {
    words.push(`-H ${quoted(`${header.name}: ${sample(contract, header.schema ?? {}, header.name)}`)}`);
  }
  const [type, media] = Object.entries(one.body?.content ?? {})[0] ?? [];
  if (type?.startsWith('multipart/')) {
    for (const field of fieldsOf(contract, media.schema ?? {})) words.push(`-F ${quoted(`${field.name}=@file`)}`);
  } else if (type) {
    words.push(`-H ${quoted(`Content-Type: ${type}`)}`);
    const body = sample(contract, media.schema ?? {});
    words.push(`-d ${quoted(typeof body === 'string' ? body : JSON.stringify(body))}`);
  }
  return words.join(' ');
}
