// Checks a bundle's ledger with Go's own note and tlog packages, and nothing of ours.
//
//	go run main.go BUNDLE LOG
//
// Prints the number of leaves whose proofs hold; exits 1 with the first that does not.
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error, what string) {
	if err != nil {
		fmt.Fprintln(os.Stderr, what+":", err)
		os.Exit(1)
	}
}

func read(parts ...string) string {
	data, err := os.ReadFile(filepath.Join(parts...))
	must(err, parts[len(parts)-1])
	return string(data)
}

func hashOf(text string) tlog.Hash {
	var hash tlog.Hash
	data, err := base64.StdEncoding.DecodeString(text)
	must(err, "base64")
	if copy(hash[:], data) != tlog.HashSize || len(data) != tlog.HashSize {
		must(fmt.Errorf("wrong length"), "hash")
	}
	return hash
}

func main() {
	bundle, log := os.Args[1], os.Args[2]
	ledger := filepath.Join(bundle, "data", "ledger", "log-"+log)
	verifier, err := note.NewVerifier(strings.TrimSpace(read(ledger, "key.vkey")))
	must(err, "key.vkey")
	signed := read(ledger, "checkpoint")
	opened, err := note.Open([]byte(signed), note.VerifierList(verifier))
	must(err, "checkpoint")
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err, "size")
	root := hashOf(lines[2])

	proofs, err := filepath.Glob(filepath.Join(bundle, "data", "proofs", "*.tlog-proof"))
	must(err, "proofs")
	count := 0
	for _, path := range proofs {
		text := read(path)
		head, checkpoint, found := strings.Cut(text, "\n\n")
		if !found || checkpoint != signed {
			must(fmt.Errorf("another checkpoint"), path)
		}
		written := strings.Split(head, "\n")
		index, err := strconv.ParseInt(strings.TrimPrefix(written[1], "index "), 10, 64)
		must(err, path)
		var proof tlog.RecordProof
		for _, line := range written[2:] {
			proof = append(proof, hashOf(line))
		}
		name := strings.TrimSuffix(filepath.Base(path), ".tlog-proof") + ".json"
		leaf := tlog.RecordHash([]byte(read(bundle, "data", "leaves", name)))
		must(tlog.CheckRecord(proof, size, root, index, leaf), path)
		count++
	}
	fmt.Println(count)
}
