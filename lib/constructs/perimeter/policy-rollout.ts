const UNIT = /^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/;
const TARGET = /^(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|\d{12})$/;

/** Where an organization's policies are attached. They are attached to a test unit first: a denial too many stops every account below it. */
export class PolicyRollout {
  /**
   * Only an organizational unit for tests.
   *
   * @param testUnit its ID, such as `ou-ab12-11111111`
   * @throws if it isn't the ID of an organizational unit
   */
  public static test(testUnit: string): PolicyRollout {
    return new PolicyRollout(requireUnit(testUnit), []);
  }

  /**
   * The test unit and others, once the policies were tried there.
   *
   * @param testUnit the unit in which they were tried
   * @param result what was tried, from when to when, and what was denied; stored with each policy
   * @param targets IDs of roots, organizational units and accounts
   * @throws if an ID has another form, or the result is empty
   */
  public static rolledOut(testUnit: string, result: string, ...targets: string[]): PolicyRollout {
    requireUnit(testUnit);
    if (result.trim() === '') {
      throw new Error(
        "PolicyRollout.rolledOut needs the result of the test, because a denial too many stops every account below a target, got ''; " +
          "state what was tried and when, or use PolicyRollout.test('ou-...')",
      );
    }
    const wrong = targets.find((target) => !TARGET.test(target));
    if (wrong !== undefined || targets.length === 0) {
      throw new Error(
        `PolicyRollout.rolledOut needs IDs of roots, organizational units or accounts, got ${wrong === undefined ? 'none' : `'${wrong}'`}; ` +
          "'aws organizations list-roots' and 'list-organizational-units-for-parent' print them",
      );
    }
    return new PolicyRollout(
      testUnit,
      [...new Set(targets)].filter((target) => target !== testUnit),
      result,
    );
  }

  private constructor(
    /** The unit in which the policies are tried. */
    public readonly testUnit: string,
    /** Where else they are attached. */
    public readonly targets: string[],
    /** The result of the test; none while it lasts. */
    public readonly result?: string,
  ) {}
}

function requireUnit(unit: string): string {
  if (UNIT.test(unit)) return unit;
  throw new Error(
    `a test unit must be the ID of an organizational unit, such as ou-ab12-11111111, got '${unit}'; create a unit with accounts that ` +
      'no team depends on, and name it',
  );
}
