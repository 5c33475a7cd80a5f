import { html } from '../lib/html.js';

/**
 * A picture for a product without one: a small pastel print drawn from its title, so that the same product always has
 * the same picture. Colours come from the stylesheet, by tone and ink, so that the prints follow the theme.
 */
const TONES = 8;

export function drawArt(title) {
  const next = dice(title);
  const tone = Math.floor(next() * TONES);
  const motif = MOTIFS[Math.floor(next() * MOTIFS.length)];
  return html`<svg class="art tone-${tone}" viewBox="0 0 320 320" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
    <rect class="ink-0" width="320" height="320" />${motif(next)}
  </svg>`;
}

export const drawPicture = (product) =>
  product.imageUrl ? html`<img src="${product.imageUrl}" alt="" loading="lazy" />` : drawArt(product.title);

/** Numbers in [0, 1) that depend on the text alone: an FNV-1a hash feeds a small xorshift. */
function dice(text) {
  let seed = 2166136261;
  for (const sign of text) seed = Math.imul(seed ^ sign.codePointAt(0), 16777619);
  seed = seed || 1;
  return () => {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return (seed >>> 0) / 4294967296;
  };
}

const between = (next, low, high) => Math.round(low + next() * (high - low));

const repeat = (count, draw) => Array.from({ length: count }, (_, i) => draw(i));

const disc = (x, y, r, ink) => html`<circle class="ink-${ink}" cx="${x}" cy="${y}" r="${r}" />`;

const MOTIFS = [arches, hills, petals, moons, tiles, vases, ripples];

function arches(next) {
  const x = between(next, 120, 200);
  const arch = (r, ink) =>
    html`<path class="ink-${ink}" d="M${x - r} 320V${210 - r / 4}a${r} ${r} 0 0 1 ${2 * r} 0V320Z" />`;
  return [
    disc(between(next, 50, 270), between(next, 50, 80), between(next, 22, 34), 'sun'),
    arch(112, 1),
    arch(78, 2),
    arch(44, 3),
  ];
}

function hills(next) {
  const hill = (y, ink) => {
    const [a, b] = [between(next, -50, 40), between(next, -50, 40)];
    return html`<path class="ink-${ink}" d="M0 ${y}C90 ${y + a - 40} 130 ${y + 50} 200 ${y + b} S300 ${y - 30} 320 ${y}V320H0Z" />`;
  };
  return [
    disc(between(next, 80, 240), between(next, 90, 120), between(next, 38, 54), 'sun'),
    hill(170, 1),
    hill(215, 2),
    hill(262, 3),
  ];
}

function petals(next) {
  const count = between(next, 6, 9);
  const turn = between(next, 0, 60);
  const petal = (i) =>
    html`<ellipse class="ink-${1 + (i % 2)} glass" cx="160" cy="96" rx="34" ry="66" transform="rotate(${turn + (360 / count) * i} 160 160)" />`;
  return [...repeat(count, petal), disc(160, 160, 30, 'sun')];
}

function moons(next) {
  const turn = between(next, -32, 32);
  const moon = (i) =>
    html`<circle class="ink-${i + 1} glass" cx="${96 + i * 64}" cy="160" r="${between(next, 52, 76)}" transform="rotate(${turn} 160 160)" />`;
  return [disc(between(next, 70, 250), between(next, 56, 72), between(next, 18, 26), 'sun'), ...repeat(3, moon)];
}

function tiles(next) {
  const corner = [
    'M0 0H80A80 80 0 0 1 0 80Z',
    'M80 0V80A80 80 0 0 1 0 0Z',
    'M80 80H0A80 80 0 0 1 80 0Z',
    'M0 80V0A80 80 0 0 1 80 80Z',
    'M40 8a32 32 0 1 0 .1 0Z',
  ];
  const tile = (i) => {
    const ink = next() < 0.12 ? 'sun' : between(next, 1, 3);
    const [x, y] = [(i % 4) * 80, Math.floor(i / 4) * 80];
    return html`<path class="ink-${ink}" transform="translate(${x} ${y})" d="${corner[between(next, 0, 4)]}" />`;
  };
  return repeat(16, tile);
}

function vases(next) {
  const stand = between(next, 232, 252);
  const vase = (x, r, neck, ink) => html`
    <path class="ink-${ink}" d="M${x - neck} ${stand - 2.6 * r}h${2 * neck}l-4 ${0.7 * r}a${r} ${r} 0 0 1 ${r - neck + 4} ${0.95 * r}q0 ${0.8 * r} -${0.5 * r} ${0.95 * r}h-${r}q-${0.5 * r} -${0.15 * r} -${0.5 * r} -${0.95 * r}a${r} ${r} 0 0 1 ${r - neck + 4} -${0.95 * r}Z" />`;
  return [
    disc(between(next, 90, 230), between(next, 96, 120), between(next, 48, 66), 'sun'),
    html`<rect class="ink-1" y="${stand}" width="320" height="90" />`,
    vase(between(next, 92, 104), between(next, 36, 42), 14, 3),
    vase(between(next, 208, 218), between(next, 50, 56), 18, 2),
  ];
}

function ripples(next) {
  const [x, y] = [between(next, 0, 1) * 320, between(next, 0, 1) * 320];
  return [
    ...repeat(5, (i) => disc(x, y, 300 - i * 56, 1 + (i % 3))),
    disc(between(next, 130, 190), between(next, 130, 190), 26, 'sun'),
  ];
}
