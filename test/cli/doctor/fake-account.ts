import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { Check, Subject } from '@/lib/cli/aws/doctor/subject';
import { signIn } from '@/lib/cli/aws/sign-in';
import type { DoctorLine } from '@/lib/report/doctor/doctor-line';
import { type Answerer, FakeAws, whoAmI } from '@/test/support/fake-aws';

export const EU = ResidencyBoundary.eu();

/** An account for the tests of single checks, with a caller who has signed in. */
export class FakeAccount {
  public readonly aws = new FakeAws();
  private caller: Subject['caller'] | undefined;
  private readonly before = { ...process.env };

  public async start(): Promise<void> {
    await this.aws.start();
    this.aws.answerers = [whoAmI];
    Object.assign(process.env, this.aws.environment());
    this.caller = await signIn({ boundary: EU, environment: process.env, timeoutMs: 15_000 }, 'eu-central-1');
  }

  public stop(): Promise<void> {
    process.env = this.before;
    return this.aws.stop();
  }

  /** The lines of one check for a deployment, if AWS answers like this. */
  public examined(
    check: Check,
    answerers: readonly Answerer[],
    deployment: object,
    more: object = {},
  ): Promise<readonly DoctorLine[]> {
    this.aws.calls.length = 0;
    this.aws.answerers = [...answerers];
    return check({ boundary: EU, caller: this.caller, deployment, ...more } as unknown as Subject);
  }
}
