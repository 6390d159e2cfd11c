// Reads a ledger's checkpoint and proofs on standard input, verifies them with Go's own implementation, and writes a checkpoint and
// proofs of the same leaves, which Go made. It shares no code with the package.
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type inclusion struct {
	Size, Index int64
	Hashes      [][]byte
}

type consistency struct {
	From, To int64
	Hashes   [][]byte
}

type vectors struct {
	Key           string
	Cosigner      string
	CosignerKey   []byte
	Note          string
	Leaves        [][]byte
	Roots         [][]byte
	Inclusions    []inclusion
	Consistencies []consistency
}

func main() {
	var given vectors
	must(json.NewDecoder(os.Stdin).Decode(&given))
	stored := storedHashes{}
	for index, leaf := range given.Leaves {
		hashes, err := tlog.StoredHashes(int64(index), leaf, stored)
		must(err)
		stored = append(stored, hashes...)
	}
	roots := make([]tlog.Hash, len(given.Roots))
	for size, root := range given.Roots {
		hash, err := tlog.TreeHash(int64(size), stored)
		must(err)
		check(size == 0 || hash == hashOf(root), "root of %d leaves", size)
		roots[size] = hash
	}
	for _, one := range given.Inclusions {
		leaf := tlog.RecordHash(given.Leaves[one.Index])
		proof := tlog.RecordProof(hashesOf(one.Hashes))
		must(tlog.CheckRecord(proof, one.Size, roots[one.Size], one.Index, leaf))
		other := tlog.RecordHash([]byte("another leaf"))
		check(tlog.CheckRecord(proof, one.Size, roots[one.Size], one.Index, other) != nil, "a proof of another leaf")
	}
	for _, one := range given.Consistencies {
		proof := tlog.TreeProof(hashesOf(one.Hashes))
		must(tlog.CheckTree(proof, one.To, roots[one.To], one.From, roots[one.From]))
	}
	checkNote(given, roots[len(roots)-1])
	must(json.NewEncoder(os.Stdout).Encode(made(given, stored)))
}

// checkNote opens the note with the key of the log, and verifies the cosignature by hand: Go's package knows only the log's kind.
func checkNote(given vectors, root tlog.Hash) {
	verifier, err := note.NewVerifier(given.Key)
	must(err)
	opened, err := note.Open([]byte(given.Note), note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	check(lines[0] == verifier.Name(), "origin")
	check(lines[1] == fmt.Sprint(len(given.Leaves)), "size")
	check(lines[2] == base64.StdEncoding.EncodeToString(root[:]), "root")
	for _, signature := range opened.UnverifiedSigs {
		if signature.Name != given.Cosigner {
			continue
		}
		bytes, err := base64.StdEncoding.DecodeString(signature.Base64)
		must(err)
		time := binary.BigEndian.Uint64(bytes[4:12])
		message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, opened.Text)
		check(ed25519.Verify(given.CosignerKey, []byte(message), bytes[12:]), "cosignature")
		return
	}
	check(false, "no cosignature")
}

// made has the same as what was given, made by Go with a key of its own.
func made(given vectors, stored storedHashes) vectors {
	size := int64(len(given.Leaves))
	seed := make([]byte, ed25519.SeedSize)
	private := ed25519.NewKeyFromSeed(seed)
	key, err := note.NewEd25519VerifierKey("example.eu/go", private.Public().(ed25519.PublicKey))
	must(err)
	verifier, err := note.NewVerifier(key)
	must(err)
	signing := fmt.Sprintf("PRIVATE+KEY+%s+%08x+%s", verifier.Name(), verifier.KeyHash(), base64.StdEncoding.EncodeToString(append([]byte{1}, seed...)))
	signer, err := note.NewSigner(signing)
	must(err)
	root, err := tlog.TreeHash(size, stored)
	must(err)
	text := fmt.Sprintf("%s\n%d\n%s\n", verifier.Name(), size, base64.StdEncoding.EncodeToString(root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	must(err)
	result := vectors{Key: key, Note: string(signed)}
	for index := int64(0); index < size; index++ {
		proof, err := tlog.ProveRecord(size, index, stored)
		must(err)
		result.Inclusions = append(result.Inclusions, inclusion{size, index, bytesOf(proof)})
	}
	for from := int64(1); from <= size; from++ {
		proof, err := tlog.ProveTree(size, from, stored)
		must(err)
		result.Consistencies = append(result.Consistencies, consistency{from, size, bytesOf(proof)})
	}
	return result
}

// storedHashes are the hashes of all complete subtrees, in the order of Go's package.
type storedHashes []tlog.Hash

func (stored storedHashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hashes[i] = stored[index]
	}
	return hashes, nil
}

func hashOf(bytes []byte) (hash tlog.Hash) {
	copy(hash[:], bytes)
	return hash
}

func hashesOf(all [][]byte) []tlog.Hash {
	hashes := make([]tlog.Hash, len(all))
	for i, bytes := range all {
		hashes[i] = hashOf(bytes)
	}
	return hashes
}

func bytesOf(hashes []tlog.Hash) [][]byte {
	all := make([][]byte, len(hashes))
	for i, hash := range hashes {
		all[i] = append([]byte{}, hash[:]...)
	}
	return all
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(isTrue bool, form string, values ...any) {
	if !isTrue {
		must(fmt.Errorf("wrong: "+form, values...))
	}
}
