import { expect, test } from 'vitest';
import { doctor, doctorOperators } from '../../../src/gate/run/doctor.js';

/** One line for each wrong kernel: mistake, way of computing, result, check, rung. */
test.each(doctorOperators)('the kill matrix of %s, as it is committed', async op => {
  const { operators } = await doctor({ ops: [op] });
  const mutants = operators.flatMap(one => one.mutants);
  expect(mutants.filter(({ killedBy, named }) => !killedBy || !named)).toEqual([]);
  const lines = mutants.map(({ id, style, result, killedBy }) =>
    [id, style, result, killedBy!.check, killedBy!.rung ?? 'declined'].join(' '),
  );
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`./kill-matrix/${op}.txt`);
});

test('an unknown operator is refused', async () => {
  await expect(doctor({ ops: ['conv4d'] })).rejects.toThrow(
    expect.objectContaining({ code: 'unknown-operator' }),
  );
});
