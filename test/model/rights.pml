/*
 * The protocol of rights.qnt, reduced so that SPIN visits every state: two members, two administrators, and one process that is slow or
 * crashes between two parts of a step. The content of member 0 is exported, held, erased, and handed over to member 1; member 0 is
 * readmitted, and their keys are restored. Member 1 is erased and readmitted at once. Steps that only count are left out, and jobs of the
 * same kind and user take turns: a decision about a hold replaces the job that applies the one before. The administrators are
 * independent; who isn't is in rights.qnt. Erasures and readmissions are in every search. Of exports, holds and closures, each search leaves out one.
 */

#define NO_KEY 0
#define KEY 1
#define OLD_KEY 2 /* an operator restored an erased key */

#define NONE 0
/* Steps of an erasure. */
#define DELAY 1
#define SECOND 2
#define CANARY 3
#define ROWS 4
#define OBJECTS 5
#define ERASE_KEY 6
#define LATE 7
#define TEST 8
#define CERTIFY 9
#define DONE 10
/* Steps of an export. */
#define ANNOUNCE 1
#define READ 2
#define MANIFEST 3
#define HELD_BACK 4
#define UNRELEASED 5
#define HAND_OVER 6
#define REMOVE 7
/* Steps that apply a hold. */
#define TAGS 1
#define SWEEP 2
#define TAGS_AGAIN 3
#define AGAIN 4
/* Steps of a closure. */
#define USERS 1
#define EXPORTS 2
#define FETCHED 3
#define END_CERTIFICATE 4
#define END_KEY 5
#define CLOSED 6
/* Of a last export: it is being made, and it has ended. */
#define PREPARING 1
#define ENDED 2
/* The outcome of a step. */
#define FAILS 20
#define STOPS 21 /* an erasure that waited, or an export, ends */
#define WAITS 22

#define USER 1
#define FIRST 2
#define SECOND_ADMIN 3
#define OPERATOR 4

/* Jobs that a slow process can hold. */
#define ERASURE(u) (1 + u)
#define RETENTION(u) (3 + u)
#define READMISSION(u) (5 + u)
#define EXPORT 7
#define CLOSURE 8
#define EARLIER_EXPORT 9 /* whose files, but not whose row, are those of the export after it */

bool content[2], kept[2], hold[2], erasing[2], pending[2], mark[2], certified[2];
byte key[2], erase[2], eraseTimer[2], keyTimer[2], readmitTimer[2], retain[2], retainTimer[2], last[2];
bool readmit[2];
byte export, exportBy, releasedBy, releaseTimer, exportTimer;
bool listed, isHandOver, handed, files;
byte closure, closureTimer;
byte slow, slowStep, slowNext;
bool isSlowDone, isStale, wasSlow;

#define isFree(u) (!erasing[u] && !hold[u])
#define isOpen(u) (erase[u] != NONE && erase[u] != DONE)
#define isEnding (closure >= END_CERTIFICATE && closure < CLOSED)
#define isWithin(step) (step == ANNOUNCE || step == READ || step == MANIFEST || step == HELD_BACK || step == UNRELEASED)
#define ends() slow = 0; slowStep = 0; slowNext = 0; isSlowDone = false; isStale = false
/* Steps that change nothing but their job, and the one that writes a certificate: a process that is overtaken only repeats the one that is there. */
#define hasNoEffect ( \
  (slow == ERASURE(0) && (slowStep == DELAY || slowStep == SECOND || slowStep == TEST || slowStep == CERTIFY)) || \
  (slow == RETENTION(0) && (slowStep == TAGS || slowStep == TAGS_AGAIN)) || \
  (slow == EXPORT && (slowStep == ANNOUNCE || slowStep == HELD_BACK || slowStep == HAND_OVER)) || \
  (slow == CLOSURE && slowStep != USERS))
/* A process that is overtaken has nothing left to do, unless it hasn't begun its step. */
#define touch(id) if :: slow == id -> if :: isSlowDone || hasNoEffect -> ends() :: else -> isStale = true fi :: else fi
#define touchClosure if :: closure != NONE -> touch(CLOSURE) :: else fi

/* An export ends with its user's erasure, which deletes the row that lists it. Its process finds no row then. Another process may still write files. */
inline endsExport() {
  export = NONE; exportTimer = 0; releaseTimer = 0; handed = false; exportBy = NONE; releasedBy = NONE; isHandOver = false;
  if
  :: slow == EXPORT -> if :: !listed || erasing[0] || (slowStep != READ && slowStep != MANIFEST) -> ends() :: else -> slow = EARLIER_EXPORT fi
  :: else
  fi
}
inline ensureKey(u) { if :: key[u] == NO_KEY && !mark[u] -> key[u] = KEY :: else fi }
inline deleteRows(u) {
  /* A process that is overtaken must not delete what a readmitted user stored. */
  assert(!content[u] || (erasing[u] && !hold[u]));
  content[u] = false; kept[u] = false;
  if :: u == 0 -> listed = false :: else -> handed = false fi
}
inline deleteObjects(u) { if :: u == 0 -> files = false :: else fi }

/* ---- What a step does outside the table of jobs, and what it finds there: its outcome is the next step. */

inline eraseEffect(u, step, next) {
  if
  :: step == DELAY -> if :: hold[u] -> next = STOPS :: else -> next = CANARY fi
  :: step == SECOND -> next = STOPS
  :: step == CANARY -> ensureKey(u); if :: key[u] == NO_KEY -> next = FAILS :: else -> next = ROWS fi
  :: step == ROWS -> deleteRows(u); next = OBJECTS
  :: step == OBJECTS -> deleteObjects(u); next = ERASE_KEY
  :: step == ERASE_KEY ->
    assert(erasing[u]);
    if :: !mark[u] -> keyTimer[u] = 1 :: else fi;
    mark[u] = true; key[u] = NO_KEY; next = LATE
  :: step == LATE -> deleteRows(u); deleteObjects(u); next = TEST
  :: step == TEST -> if :: key[u] != NO_KEY -> assert(key[u] == OLD_KEY); next = FAILS :: else -> next = CERTIFY fi
  :: step == CERTIFY ->
    assert(erasing[u] && key[u] == NO_KEY && keyTimer[u] == 0 && !content[u] && (u == 1 || (!files && !listed)));
    certified[u] = true; next = DONE
  fi
}
inline eraseCommit(u, step, next) {
  if
  :: next == FAILS -> skip
  :: next == STOPS -> erase[u] = NONE; pending[u] = false; eraseTimer[u] = 0; touch(ERASURE(u))
  :: step == DELAY && next == CANARY ->
    if
    :: isFree(u) && pending[u] ->
      erase[u] = CANARY; erasing[u] = true; pending[u] = false; touch(ERASURE(u))
    :: else
    fi
  :: next != STOPS && next != FAILS && step != DELAY ->
    erase[u] = next; touch(ERASURE(u));
    if :: next == LATE -> eraseTimer[u] = keyTimer[u] :: next == CERTIFY -> readmitTimer[u] = 1 :: else fi
  fi
}

inline exportEffect(step, next) {
  if
  :: step == ANNOUNCE -> if :: erasing[0] -> next = STOPS :: else -> next = READ fi
  :: step == READ || step == MANIFEST ->
    if
    /* A readmission doesn't bring back what lists an export. */
    :: erasing[0] || !listed -> next = STOPS
    :: else ->
      if :: step == READ -> ensureKey(0) :: else fi;
      assert(key[0] == KEY);
      files = true; if :: step == READ -> next = MANIFEST :: else -> if :: isHandOver -> next = HELD_BACK :: else -> next = REMOVE fi fi
    fi
  :: step == HELD_BACK -> next = UNRELEASED
  :: step == HAND_OVER ->
    if :: erasing[1] -> next = WAITS :: else -> if :: !listed -> next = STOPS :: else -> next = REMOVE fi fi
  :: step == UNRELEASED || step == REMOVE -> files = false; next = STOPS
  fi
}
/* Nothing hands over an export any more. */
inline removes(timer) { export = REMOVE; exportTimer = timer; releaseTimer = 0; exportBy = NONE; releasedBy = NONE; isHandOver = false }
inline exportCommit(step, next) {
  touch(EXPORT);
  if
  :: next == STOPS || ((step <= MANIFEST || (step == HAND_OVER && next == REMOVE)) && erasing[0]) || ((step == READ || step == MANIFEST) && !listed) ->
    endsExport()
  :: else ->
    if
    :: step == ANNOUNCE -> listed = true; export = READ
    :: step == READ -> export = MANIFEST
    :: step == MANIFEST -> export = next; exportTimer = 2; if :: isHandOver -> exportTimer = releaseTimer + 2 :: else fi
    :: step == HELD_BACK -> export = UNRELEASED
    :: step == HAND_OVER && next == WAITS -> removes(0)
    :: step == HAND_OVER && next == REMOVE ->
      if
      :: erasing[1] -> skip
      :: else ->
        /* Three people, and not before its time. */
        assert(isHandOver && releasedBy != NONE && releasedBy != exportBy && releasedBy != USER && releaseTimer == 0);
        handed = true; removes(2)
      fi
    fi
  fi
}

inline retainEffect(u, step, next) {
  if
  :: step == TAGS -> next = SWEEP
  :: step == SWEEP -> kept[u] = content[u] && hold[u]; next = TAGS_AGAIN
  :: step == TAGS_AGAIN -> next = AGAIN
  :: step == AGAIN -> kept[u] = content[u] && hold[u]; next = NONE
  fi
}
inline retainCommit(u, step, next) {
  retain[u] = next; touch(RETENTION(u)); if :: step == SWEEP -> retainTimer[u] = 1 :: else fi
}

inline readmitEffect(u, next) {
  if
  :: erasing[u] && erase[u] == DONE -> assert(keyTimer[u] == 0); mark[u] = false; next = NONE
  :: else -> next = STOPS
  fi
}
inline readmitCommit(u, next) {
  if
  :: next == NONE && erasing[u] && erase[u] == DONE -> readmit[u] = false; erasing[u] = false; certified[u] = false; erase[u] = NONE; eraseTimer[u] = 0
  :: next == STOPS -> readmit[u] = false
  :: else
  fi;
  touch(READMISSION(u))
}

inline closureEffect(step, next) {
  if
  :: step == USERS ->
    if :: content[0] || listed -> if :: last[0] == NONE -> last[0] = PREPARING :: else fi :: else fi;
    if :: content[1] || handed -> if :: last[1] == NONE -> last[1] = PREPARING :: else fi :: else fi;
    next = EXPORTS
  :: step == EXPORTS ->
    if :: last[0] == PREPARING || last[1] == PREPARING || isOpen(0) || isOpen(1) || readmit[0] -> next = WAITS :: else -> next = FETCHED fi
  :: step == FETCHED ->
    if
    :: hold[0] || hold[1] -> next = FAILS
    :: else -> if :: isOpen(0) || isOpen(1) || readmit[0] -> next = WAITS :: else -> next = END_CERTIFICATE fi
    fi
  :: step == END_CERTIFICATE -> next = END_KEY
  /* Every key is deleted, so nothing may be on hold, no erasure without its certificate, and no readmission open. */
  :: step == END_KEY -> assert(!hold[0] && !hold[1] && !isOpen(0) && !isOpen(1) && !readmit[0]); next = CLOSED
  fi
}
inline closureCommit(step, next) {
  if
  :: next == FAILS -> skip
  :: next == WAITS -> closureTimer = 1; touch(CLOSURE)
  :: else -> closure = next; touch(CLOSURE); if :: next == FETCHED -> closureTimer = 2 :: else fi
  fi
}

/*
 * ---- A step at once, or by a process that stops before it, or before the transaction. That process may never go on.
 *
 * Each request, and each step that is done at once, is one transition. What can happen within a step happens while a process is slow.
 */

/* The step that is done, and its outcome. Both are 0 between two transitions. */
byte m, n;

#define begins(id, step) slow = id; slowStep = step; isStale = false; wasSlow = true
#define runs(isReady, id, step, effect, commit, slowEffect) \
  :: d_step { closure != CLOSED && isReady -> effect; commit; n = 0 } \
  :: d_step { closure != CLOSED && isReady && !wasSlow -> begins(id, step); isSlowDone = false } \
  :: d_step { closure != CLOSED && isReady && !wasSlow -> begins(id, step); isSlowDone = true; slowEffect }

/* The slow process goes on. The version of the job decides if its change counts. */
inline goesOn() {
  m = slowStep; n = slowNext;
  if
  :: slow == ERASURE(0) ->
    if :: !isSlowDone -> eraseEffect(0, m, n) :: else fi;
    if :: !isStale -> eraseCommit(0, m, n) :: else fi
  :: slow == RETENTION(0) ->
    if :: !isSlowDone -> retainEffect(0, m, n) :: else fi;
    if :: !isStale -> retainCommit(0, m, n) :: else fi
  :: slow == READMISSION(0) ->
    if :: !isSlowDone -> readmitEffect(0, n) :: else fi;
    if :: !isStale -> readmitCommit(0, n) :: else fi
  :: slow == EXPORT ->
    if :: !isSlowDone -> exportEffect(m, n) :: else fi;
    if :: !isStale -> exportCommit(m, n) :: else fi
  :: slow == EARLIER_EXPORT -> if :: !erasing[0] -> if :: m == READ -> ensureKey(0) :: else fi; assert(key[0] == KEY); files = true :: else fi
  :: slow == CLOSURE ->
    if :: !isSlowDone -> closureEffect(m, n) :: else fi;
    if :: !isStale -> closureCommit(m, n) :: else fi
  fi;
  ends(); m = 0; n = 0
}

/* ---- Requests */

#define mayErase (closure != CLOSED && erase[0] == NONE && !pending[0] && isFree(0) && !isEnding)
#define mayExport (closure != CLOSED && export == NONE && !erasing[0])
#define mayRelease (closure != CLOSED && isHandOver && releaseTimer == 0 && (export == HELD_BACK || (export == UNRELEASED && exportTimer > 0)))
inline releases() { export = HAND_OVER; exportTimer = 0; touch(EXPORT) }
inline applies() { retain[0] = TAGS; retainTimer[0] = 0; touch(RETENTION(0)) }
#define passes(timer) if :: timer > 0 -> timer-- :: else fi

/* Once a hold is applied, nothing of its user expires. An erased key comes back only if an operator restores it, and then nothing is certified. */
#define isApplied(u) (!hold[u] || retain[u] != NONE || !content[u] || kept[u])
#define isGone(u) (!certified[u] || key[u] == NO_KEY)
#define isMarked(u) (!erasing[u] || erase[u] <= ERASE_KEY || erase[u] == NONE || key[u] != KEY)
#define isRight(u) (isApplied(u) && isGone(u) && isMarked(u))

init {
  d_step { key[0] = KEY; key[1] = KEY; content[0] = true; content[1] = true };
  do
  :: d_step { closure != CLOSED && slow != 0 -> goesOn() }
  runs(isOpen(0) && eraseTimer[0] == 0, ERASURE(0), erase[0],
    eraseEffect(0, erase[0], n), eraseCommit(0, erase[0], n), eraseEffect(0, slowStep, slowNext))
#ifndef NO_HOLDS
  runs(retain[0] != NONE && retainTimer[0] == 0, RETENTION(0), retain[0],
    retainEffect(0, retain[0], n), retainCommit(0, retain[0], n), retainEffect(0, slowStep, slowNext))
#endif
  runs(readmit[0] && readmitTimer[0] == 0, READMISSION(0), 0,
    readmitEffect(0, n), readmitCommit(0, n), readmitEffect(0, slowNext))
#ifndef NO_EXPORTS
  runs(export != NONE && (export != HELD_BACK || releaseTimer == 0) && ((export != UNRELEASED && export != REMOVE) || exportTimer == 0), EXPORT, export,
    exportEffect(export, n), exportCommit(export, n), exportEffect(slowStep, slowNext))
#endif
#ifndef NO_CLOSURES
  runs(closure != NONE && closureTimer == 0, CLOSURE, closure,
    closureEffect(closure, n), closureCommit(closure, n), closureEffect(slowStep, slowNext))
  :: d_step { closure != CLOSED && last[0] == PREPARING -> if :: !erasing[0] -> ensureKey(0) :: else fi; last[0] = ENDED }
  :: d_step { closure != CLOSED && last[1] == PREPARING -> if :: !erasing[1] -> ensureKey(1) :: else fi; last[1] = ENDED }
#endif
  /* The user requests their erasure, or another person does. */
  :: d_step { mayErase -> touchClosure; erase[0] = CANARY; erasing[0] = true }
  :: d_step { mayErase -> touchClosure; pending[0] = true; eraseTimer[0] = 2; erase[0] = DELAY }
  :: d_step { mayErase -> touchClosure; pending[0] = true; eraseTimer[0] = 2; erase[0] = SECOND }
  /* The user agrees, or a second person confirms in time. */
  :: d_step {
      closure != CLOSED && pending[0] && isFree(0) && !isEnding && (erase[0] == DELAY || eraseTimer[0] > 0) ->
      erase[0] = CANARY; eraseTimer[0] = 0; erasing[0] = true; pending[0] = false; touch(ERASURE(0))
    }
  :: d_step { closure != CLOSED && pending[0] -> erase[0] = NONE; eraseTimer[0] = 0; pending[0] = false; touch(ERASURE(0)) }
  :: d_step {
      closure != CLOSED && erase[1] == NONE && !isEnding ->
      touchClosure;
      erase[1] = DONE; erasing[1] = true; mark[1] = true; key[1] = NO_KEY; deleteRows(1)
    }
  :: d_step { closure != CLOSED && erase[1] == DONE -> erase[1] = NONE; erasing[1] = false; mark[1] = false }
  :: d_step { closure != CLOSED && erase[0] == DONE && !readmit[0] && !isEnding -> touchClosure; readmit[0] = true }
#ifndef NO_HOLDS
  :: d_step { closure != CLOSED && !hold[0] && !erasing[0] && !isEnding -> hold[0] = true; touchClosure; applies() }
  :: d_step { closure != CLOSED && hold[0] -> hold[0] = false; applies() }
#endif
  :: d_step { closure != CLOSED && !content[0] && !erasing[0] -> ensureKey(0); content[0] = true; kept[0] = hold[0] }
  :: d_step { closure != CLOSED && content[0] && !erasing[0] && !hold[0] -> content[0] = false; kept[0] = false }
  :: d_step { closure != CLOSED && mark[0] && key[0] == NO_KEY && keyTimer[0] > 0 -> key[0] = OLD_KEY }
  :: d_step { closure != CLOSED && key[0] == OLD_KEY -> key[0] = NO_KEY }
#ifndef NO_EXPORTS
  /* An administrator requests an export. They are alike, so that it is the first. */
  :: d_step { mayExport -> assert(!handed); export = ANNOUNCE; listed = false; files = false; exportBy = FIRST }
  :: d_step { mayExport -> assert(!handed); export = ANNOUNCE; listed = false; files = false; exportBy = FIRST; isHandOver = true; releaseTimer = 2 }
  /* Another administrator releases it, or an operator. */
  :: d_step { mayRelease && exportBy != FIRST -> releasedBy = FIRST; releases() }
  :: d_step { mayRelease && exportBy != SECOND_ADMIN -> releasedBy = SECOND_ADMIN; releases() }
  :: d_step { mayRelease -> releasedBy = OPERATOR; releases() }
  :: d_step {
      closure != CLOSED && isHandOver && isWithin(export) ->
      if :: export == HELD_BACK || export == UNRELEASED -> removes(0) :: else -> removes(1) fi;
      touch(EXPORT)
    }
#endif
#ifndef NO_CLOSURES
  :: d_step { closure == NONE && !hold[0] && !hold[1] -> closure = USERS }
  :: d_step {
      closure == USERS || closure == EXPORTS || closure == FETCHED ->
      closure = NONE; closureTimer = 0; last[0] = NONE; last[1] = NONE; touch(CLOSURE)
    }
#endif
  :: d_step {
      closure != CLOSED && (eraseTimer[0] + keyTimer[0] + readmitTimer[0] + retainTimer[0] + releaseTimer + exportTimer + closureTimer > 0) ->
      passes(eraseTimer[0]); passes(keyTimer[0]); passes(readmitTimer[0]); passes(retainTimer[0]);
      passes(releaseTimer); passes(exportTimer); passes(closureTimer);
      /* No process runs as long as a tick. */
      ends()
    }
  :: d_step { !isRight(0) || !isRight(1) -> assert(false) }
  :: closure == CLOSED -> break
  od
}
