import { ReportedError } from '../report/reported-error';

/** Why an app may not be deployed: its findings, as text to read. */
export class ResidencyRefusal extends ReportedError {
  static {
    // On the prototype: Node prints an error's own properties after it.
    ResidencyRefusal.prototype.name = 'ResidencyRefusal';
  }

  public constructor(message: string, coloured?: string) {
    super(message, coloured);
  }
}
