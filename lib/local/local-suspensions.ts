import type { SuspensionLedger } from '../runtime/members/suspension-ledger';
import type { Suspension } from '../runtime/workspace/identity/suspension';
import type { Store } from './store';

/** The blocked members of a workspace of `serve`, in its store. */
export class LocalSuspensions implements SuspensionLedger {
  constructor(
    private readonly store: Store,
    private readonly workspace: string,
  ) {}

  public async of(member: string): Promise<Suspension> {
    const row = this.store.get('SELECT * FROM member WHERE workspace = ? AND id = ?', this.workspace, member);
    const signedOut = row?.signed_out ?? undefined;
    return {
      // A removed member's token is valid for 30 days, and no later sign-in could be refused.
      disabled: Number(row?.disabled ?? 0) === 1 || Number(row?.removed ?? 0) === 1,
      ...(signedOut !== undefined && { signedOutAt: Number(signedOut) }),
    };
  }

  public async setDisabled(member: string, disabled: boolean): Promise<void> {
    this.set('disabled', disabled ? 1 : 0, member);
  }

  public async signOut(member: string, at: Date): Promise<void> {
    const { signedOutAt = 0 } = await this.of(member);
    // The token of a sign-in within the same second is dated one second later, and must end too.
    this.set('signed_out', Math.max(Math.floor(at.getTime() / 1_000), signedOutAt + 1), member);
  }

  private set(column: 'disabled' | 'signed_out', value: number, member: string): void {
    this.store.run(`UPDATE member SET ${column} = ? WHERE workspace = ? AND id = ?`, value, this.workspace, member);
  }
}
