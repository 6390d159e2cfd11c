import { CHECK_INPUTS, variableOf } from './check-inputs';

/**
 * The part of the script that is the same everywhere, in POSIX shell: it turns the variables of the inputs into the arguments of
 * `check`, and defines the function `residency`, which runs the command.
 *
 * @param version the package's own, which is the default
 */
export function checkScript(version: string): string {
  const options = CHECK_INPUTS.flatMap(({ name, option }) =>
    option === undefined ? [] : [`[ -z "$${variableOf(name)}" ] || set -- "$@" ${option} "$${variableOf(name)}"`],
  );
  return `set --
${options.join('\n')}
set -- "$@" --
while IFS= read -r path; do
  [ -z "$path" ] || set -- "$@" "$path"
done <<END
$CHECK_PATHS
END
[ -z "$CHECK_REGISTRY" ] || export npm_config_registry="$CHECK_REGISTRY"
residency() {
  if [ -z "$CHECK_PACKAGE" ] && [ -x node_modules/.bin/eu-residency ]; then
    node_modules/.bin/eu-residency "$@"
  else
    npx --yes --package "\${CHECK_PACKAGE:-cdk-eu-residency@${version}}" eu-residency "$@"
  fi
}
`;
}
