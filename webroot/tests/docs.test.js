import { test } from 'node:test';
import assert from 'node:assert/strict';
import { byTag, curl, fieldsOf, rulesOf, typeOf } from '../docs/contract.js';

const contract = {
  tags: [{ name: 'orders', description: 'What is bought.' }],
  security: [{ session: [] }],
  paths: {
    '/api/orders/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      put: {
        operationId: 'changeOrder',
        tags: ['orders'],
        'x-limit': 'checkout',
        requestBody: { $ref: '#/components/requestBodies/Order' },
        responses: { 200: { $ref: '#/components/responses/Order' } },
      },
      get: { operationId: 'getOrder', security: [], responses: {} },
    },
  },
  components: {
    requestBodies: { Order: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } } } },
    responses: { Order: { description: 'The order.' } },
    schemas: {
      Order: {
        type: 'object',
        required: ['note', 'lines'],
        properties: {
          note: { type: 'string', maxLength: 9, default: "it's" },
          lines: { type: 'array', items: { $ref: '#/components/schemas/Line' } },
        },
      },
      Line: { type: 'object', required: ['n'], properties: { n: { type: ['integer', 'null'] }, of: { $ref: '#/components/schemas/Order' } } },
    },
  },
};

test('every operation is shown under its tag, and those without one under others', () => {
  const groups = byTag(contract);
  assert.deepEqual(groups.map(({ name }) => name), ['orders', 'other']);
  const [change] = groups[0].operations;
  assert.equal(change.secured, true);
  assert.equal(change.limit, 'checkout');
  assert.equal(change.parameters[0].name, 'id');
  assert.equal(change.answers[0].description, 'The order.');
  assert.equal(groups[1].operations[0].secured, false);
});

test('a schema is shown with all that is in it, and one inside itself only once', () => {
  const [note, lines] = fieldsOf(contract, { $ref: '#/components/schemas/Order' });
  assert.deepEqual(note.rules, ['at most 9 characters', '"it\'s" if left out']);
  assert.equal(lines.type, 'list of object');
  assert.deepEqual(lines.fields.map(({ name, type }) => [name, type]), [['n', 'integer or null'], ['of', 'object']]);
  assert.deepEqual(lines.fields[1].fields, []);
});

test('words tell what a value may be', () => {
  assert.equal(typeOf(contract, { enum: ['a', 'b'] }), '"a" or "b"');
  assert.equal(typeOf(contract, { oneOf: [{ type: 'null' }, { $ref: '#/components/schemas/Line' }] }), 'null or object');
  assert.deepEqual(rulesOf(contract, { minimum: 1, additionalProperties: false }), ['at least 1', 'no other fields']);
});

test('the line for a shell can be pasted, whatever is in it', () => {
  const [change] = byTag(contract)[0].operations;
  assert.equal(
    curl(contract, change, 'http://x'),
    `curl -b jar -c jar -X PUT 'http://x/api/orders/<id>' -H 'Content-Type: application/json' -d '{"note":"it'\\''s","lines":[{"n":1}]}'`,
  );
});
