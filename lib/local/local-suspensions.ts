import type { SuspensionLedger } from '../runtime/members/suspension-ledger';
import type { Suspension } from '../runtime/workspace/identity/suspension';
import type { Store } from './store';

/** Who is kept out of a workspace of `serve`, in its store. */
export class LocalSuspensions implements SuspensionLedger {
  constructor(
    private readonly store: Store,
    private readonly workspace: string,
  ) {}

  public async of(member: string): Promise<Suspension> {
    const row = this.store.get('SELECT * FROM member WHERE workspace = ? AND id = ?', this.workspace, member);
    const signedOut = row?.signed_out ?? undefined;
    return {
      // Whoever was removed has a token of 30 days, and no sign-in that would be refused.
      disabled: Number(row?.disabled ?? 0) === 1 || Number(row?.removed ?? 0) === 1,
      ...(signedOut !== undefined && { signedOutAt: Number(signedOut) }),
    };
  }

  public async setDisabled(member: string, disabled: boolean): Promise<void> {
    this.set('disabled', disabled ? 1 : 0, member);
  }

  public async signOut(member: string, at: Date): Promise<void> {
    const { signedOutAt = 0 } = await this.of(member);
    // A sign-in that followed within a second counts from the next one on.
    this.set('signed_out', Math.max(Math.floor(at.getTime() / 1_000), signedOutAt + 1), member);
  }

  private set(column: 'disabled' | 'signed_out', value: number, member: string): void {
    this.store.run(`UPDATE member SET ${column} = ? WHERE workspace = ? AND id = ?`, value, this.workspace, member);
  }
}
