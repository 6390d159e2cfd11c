/**
 * The commands that repeat a stack's refused first deployment. The CDK CLI protects a stack before it creates its
 * resources, and deletes it before it creates it again, which the protection prevents.
 */
export const repeatCreation = (stackName: string, region: string): readonly [string, string] => [
  `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stackName} --region ${region}`,
  'npx cdk deploy --all',
];
