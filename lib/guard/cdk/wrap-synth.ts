import type { App, StageSynthesisOptions } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';

type Synth = (options?: StageSynthesisOptions) => CloudAssembly;

/**
 * Puts a function around an app's `synth`, for every caller: JavaScript looks a method up on the object, but jsii, which calls it for
 * Python, Java, .NET and Go, first looks on the object's class.
 */
export function wrapSynth(app: App, around: (synth: () => CloudAssembly) => CloudAssembly): void {
  const AppClass = app.constructor as typeof App;
  // A subclass in another language that overrides `synth` calls that of its parent, and jsii permits no assignment over it.
  const isOverridden = Object.getOwnPropertyDescriptor(app, 'synth')?.writable === false;
  const before: Synth = (isOverridden ? AppClass.prototype.synth : app.synth).bind(app);
  const wrapped: Synth = (options) => around(() => before(options));
  const GuardedClass = class extends AppClass {
    public override synth(options?: StageSynthesisOptions): CloudAssembly {
      return wrapped(options);
    }
  };
  Object.defineProperty(GuardedClass, 'name', { value: AppClass.name });
  Object.setPrototypeOf(app, GuardedClass.prototype);
  if (!isOverridden) app.synth = wrapped;
}
