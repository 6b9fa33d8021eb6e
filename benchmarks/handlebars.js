// Times handlebars.js on the cases on standard input, {contexts, cases: [{template, context}]}; prints milliseconds as JSON.
const Handlebars = require('handlebars');

const { contexts, cases, rounds } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
Handlebars.log = Handlebars.logger.log = () => {};
const equal = (first, second, options) => (first === second ? options.fn(options.data.root) : options.inverse({}));
Handlebars.registerHelper({
  equal,
  equalWithElse: equal,
  pathEncode: encodeURI,
  queryEncode: value => encodeURIComponent(value),
  basicAuthHeaderValue: (user, password) => Buffer.from(`${user}:${password}`).toString('base64'),
  formatWithOffset: milliseconds => new Date(milliseconds).toISOString(),
});

const attempt = action => {
  try {
    return action();
  } catch (error) {
    return undefined;
  }
};

const milliseconds = action => {
  const start = process.hrtime.bigint();
  action();
  return Number(process.hrtime.bigint() - start) / 1e6;
};

const best = action => Math.min(...Array.from({ length: rounds }, () => milliseconds(action)));
const compile = template => Handlebars.compile(template, { strict: true });
const compiled = cases.map(({ template }) => compile(template));

console.log(
  JSON.stringify({
    'compile and render': best(() => cases.forEach(({ template, context }) => attempt(() => compile(template)(contexts[context])))),
    'render again': best(() => cases.forEach(({ context }, index) => attempt(() => compiled[index](contexts[context])))),
  })
);
