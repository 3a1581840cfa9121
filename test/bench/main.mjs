// npm run bench -- s1 | s4 | proofs | all: one JSON line per case and system on stdout, progress on stderr.
const suites = {
  s1: () => import('./s1.mjs'),
  s4: () => import('./s4.mjs'),
  proofs: () => import('./proofs.mjs'),
};

const [wanted = 'all', ...rest] = process.argv.slice(2);
const chosen = wanted === 'all' ? Object.keys(suites) : [wanted];
if (rest.length > 0 || chosen.some(name => !Object.hasOwn(suites, name))) {
  console.error(`usage: npm run bench -- ${Object.keys(suites).join(' | ')} | all`);
  process.exit(2);
}
for (const name of chosen) {
  const { run } = await suites[name]();
  await run();
}
