// npm run bench -- s1 | s2 | s3 [letters of cases] | s4 | proofs | all: one JSON line per case and system on stdout,
// progress on stderr.
const suites = {
  s1: () => import('./s1.mjs'),
  s2: () => import('./s2.mjs'),
  s3: () => import('./s3.mjs'),
  s4: () => import('./s4.mjs'),
  proofs: () => import('./proofs.mjs'),
};

const [wanted = 'all', ...rest] = process.argv.slice(2);
const chosen = wanted === 'all' ? Object.keys(suites) : [wanted];
const lettersFit = wanted === 's3' && rest.length === 1 && /^[a-g]+$/.test(rest[0]);
if ((rest.length > 0 && !lettersFit) || chosen.some(name => !Object.hasOwn(suites, name))) {
  console.error(
    `usage: npm run bench -- ${Object.keys(suites).join(' | ')} | all; s3 a..g: these cases only`,
  );
  process.exit(2);
}
for (const name of chosen) {
  const { run } = await suites[name]();
  await run(...rest);
}
