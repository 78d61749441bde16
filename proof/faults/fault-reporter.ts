import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Prints, by fault, which tests fail: `FAULT {"fault":"no-recovery","failed":["…"]}`. */
export class FaultReporter implements Reporter {
  private readonly failed = new Map<string, string[]>();
  private readonly none: string;

  constructor(none: string) {
    this.none = none;
  }

  onTestModuleEnd(module: TestModule): void {
    const failed = this.of(module.project.name);
    // A file that fails before its first test.
    failed.push(...module.errors().map(({ message }) => message.split('\n')[0]!));
  }

  onTestCaseResult(test: TestCase): void {
    if (test.result().state === 'failed') {
      this.of(test.project.name).push(test.fullName);
    }
  }

  onTestRunEnd(): void {
    for (const [name, failed] of this.failed) {
      console.log(`FAULT ${JSON.stringify({ fault: name === this.none ? '' : name, failed })}`);
    }
  }

  private of(name: string): string[] {
    const failed = this.failed.get(name) ?? [];
    this.failed.set(name, failed);
    return failed;
  }
}
