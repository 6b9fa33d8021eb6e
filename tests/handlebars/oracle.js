// Renders with the real handlebars.js: one JSON case {template, context} a line in, one JSON verdict a line out.
const Handlebars = require('handlebars');
Handlebars.log = Handlebars.logger.log = () => {};

const pad = (number, width = 2) => String(number).padStart(width, '0');

const simple = date => {
  if (Number.isNaN(date.getTime())) throw TypeError('invalid date');
  const day = `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
  const hour = date.getUTCHours() % 12 || 12;
  return `${day} ${hour}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}`;
};

// Not strict code, so that `this` is boxed as in the official checks.
function equal(first, second, options) {
  return first === second ? options.fn(this) : options.inverse(this);
}

Handlebars.registerHelper({
  equal,
  equalWithElse: equal,
  pathEncode: value => encodeURI(value),
  queryEncode: value => encodeURIComponent(value),
  basicAuthHeaderValue: (user, password) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
  formatWithOffset: (milliseconds, offset, format) => {
    const date = new Date(milliseconds + 1000 * offset);
    const formats = {
      seconds: () => Math.round(date.getTime() / 1000),
      rfc3339: () => date.toISOString(),
      simple: () => simple(date),
    };
    return Object.hasOwn(formats, format) ? formats[format]() : date.getTime();
  },
});

const line = error => {
  const found = /^(?:Parse|Lexical) error on line (\d+)/.exec(error.message);
  return error.lineNumber ?? (found ? Number(found[1]) : null);
};

const verdict = ({ template, context }) => {
  try {
    Handlebars.parse(template);
  } catch (error) {
    return { rejects: true, phase: 'parse', line: line(error), message: error.message };
  }
  try {
    return { output: Handlebars.compile(template, { strict: true })(context) };
  } catch (error) {
    return { rejects: true, phase: 'render', line: line(error), message: String(error.message) };
  }
};

const lines = require('fs').readFileSync(0, 'utf8').split('\n').filter(Boolean);
process.stdout.write(lines.map(text => JSON.stringify(verdict(JSON.parse(text)))).join('\n') + '\n');
