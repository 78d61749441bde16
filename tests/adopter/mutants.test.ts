import { MUTANTS } from './changes/mutants.ts';
import { adopt } from './harness/adopt.ts';

adopt('mistakes do not get far', async ({ copy, isRefused }) => {
  for (const { mistake, file, passage, replacement, tests, named } of MUTANTS) {
    const [project, ...files] = tests;
    const right = copy.read(file);
    copy.edit(file, passage, () => replacement);
    await isRefused(mistake, () => copy.test([project], ...files, '--bail=1'), named, 'Tests  1 failed');
    copy.write(file, right);
  }
});
