// CDK's built-in CloudFormation validation is most of a small synth's time; `.ci/run` has a synth with it on.
process.env.CDK_VALIDATION = 'false';
