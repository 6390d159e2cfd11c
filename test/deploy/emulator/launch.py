"""Starts the emulator with the CloudFormation types that it lacks, and records the properties that it drops.

A type that is still unknown is a failure: CreateChangeSet refuses the template.
"""

import os
import threading

if os.environ.get("DEPLOY_TEST_PARTITION"):
    # Before anything of the emulator is imported.
    import partition

    partition.use(os.environ["DEPLOY_TEST_PARTITION"])

from ministack.app import main

import completions
import corrections
import ledger
import provisioners
import services
import state


def end_with_the_test():
    # Not through sys.stdin: a waiting thread would hold its lock while Python shuts down.
    while os.read(0, 1):
        pass
    os._exit(0)


threading.Thread(target=end_with_the_test, daemon=True).start()
services.serve()
state.serve()
provisioners.register()
completions.register()
corrections.install()
# Last, so that it receives the properties as everything above does.
ledger.install()
main()
