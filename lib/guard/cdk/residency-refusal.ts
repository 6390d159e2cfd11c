/** Why an app may not be deployed: the findings, as text to read. */
export class ResidencyRefusal extends Error {
  static {
    // On the prototype: Node prints an error's own properties after it.
    ResidencyRefusal.prototype.name = 'ResidencyRefusal';
  }

  public constructor(message: string) {
    super(message);
    // Whoever prints this uncaught shall see the findings, not the guard's own frames.
    this.stack = message;
  }
}
