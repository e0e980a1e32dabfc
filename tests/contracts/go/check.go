// Checks roots, proofs, notes and .tlog-proof files with Go's own libraries.
//
// Reads lines from standard input; ends with 1 at the first one that is wrong.
// Run with GO111MODULE=off and a GOPATH that holds golang.org/x/mod (Debian:
// golang-golang-x-mod-dev, under /usr/share/gocode).
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"os"
	"reflect"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type log struct {
	size   int64
	hashes []tlog.Hash
}

func (l *log) read(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		out[i] = l.hashes[at]
	}
	return out, nil
}

func (l *log) add(leaf []byte) error {
	more, err := tlog.StoredHashes(l.size, leaf, tlog.HashReaderFunc(l.read))
	l.hashes = append(l.hashes, more...)
	l.size++
	return err
}

func decode(text string) []byte {
	data, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil {
		panic(err)
	}
	return data
}

func path(text string) []tlog.Hash {
	var out []tlog.Hash
	for _, one := range strings.Split(text, ",") {
		if one == "" {
			continue
		}
		var hash tlog.Hash
		copy(hash[:], decode(one))
		out = append(out, hash)
	}
	return out
}

func same(theirs, ours []tlog.Hash) error {
	if len(theirs) == 0 && len(ours) == 0 || reflect.DeepEqual(theirs, ours) {
		return nil
	}
	return fmt.Errorf("Go gives another proof")
}

// root SIZE HASH
func (l *log) root(words []string) error {
	size, _ := strconv.ParseInt(words[0], 10, 64)
	root, err := tlog.TreeHash(size, tlog.HashReaderFunc(l.read))
	if err == nil && root != path(words[1])[0] {
		return fmt.Errorf("Go gives another root")
	}
	return err
}

// record SIZE INDEX PATH: an inclusion proof
func (l *log) record(words []string) error {
	size, _ := strconv.ParseInt(words[0], 10, 64)
	index, _ := strconv.ParseInt(words[1], 10, 64)
	ours := path(words[2])
	theirs, err := tlog.ProveRecord(size, index, tlog.HashReaderFunc(l.read))
	if err != nil {
		return err
	}
	if err := same(theirs, ours); err != nil {
		return err
	}
	root, _ := tlog.TreeHash(size, tlog.HashReaderFunc(l.read))
	leaf, _ := l.read([]int64{tlog.StoredHashIndex(0, index)})
	return tlog.CheckRecord(ours, size, root, index, leaf[0])
}

// tree SIZE OLD PATH: a consistency proof
func (l *log) tree(words []string) error {
	size, _ := strconv.ParseInt(words[0], 10, 64)
	old, _ := strconv.ParseInt(words[1], 10, 64)
	ours := path(words[2])
	theirs, err := tlog.ProveTree(size, old, tlog.HashReaderFunc(l.read))
	if err != nil {
		return err
	}
	if err := same(theirs, ours); err != nil {
		return err
	}
	root, _ := tlog.TreeHash(size, tlog.HashReaderFunc(l.read))
	oldRoot, _ := tlog.TreeHash(old, tlog.HashReaderFunc(l.read))
	return tlog.CheckTree(ours, size, root, old, oldRoot)
}

func openCheckpoint(key string, text []byte) (tlog.Tree, error) {
	var tree tlog.Tree
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("not a checkpoint of that log")
	}
	tree.N, err = strconv.ParseInt(lines[1], 10, 64)
	copy(tree.Hash[:], decode(lines[2]))
	return tree, err
}

// note KEY NOTE
func checkNote(words []string) error {
	_, err := openCheckpoint(words[0], decode(words[1]))
	return err
}

// proof KEY LEAF PROOF: a whole .tlog-proof file
func checkProof(words []string) error {
	parts := strings.SplitN(string(decode(words[2])), "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return fmt.Errorf("not a tlog-proof")
	}
	index, err := strconv.ParseInt(lines[1][len("index "):], 10, 64)
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(words[0], []byte(parts[1]))
	if err != nil {
		return err
	}
	leaf := tlog.RecordHash(decode(words[1]))
	return tlog.CheckRecord(path(strings.Join(lines[2:], ",")), tree.N, tree.Hash, index, leaf)
}

func main() {
	var l log
	count := 0
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		words := strings.Split(lines.Text(), " ")
		var err error
		switch words[0] {
		case "leaf":
			err = l.add(decode(words[1]))
		case "root":
			err = l.root(words[1:])
		case "record":
			err = l.record(words[1:])
		case "tree":
			err = l.tree(words[1:])
		case "note":
			err = checkNote(words[1:])
		case "proof":
			err = checkProof(words[1:])
		default:
			err = fmt.Errorf("unknown line")
		}
		if err != nil {
			fmt.Printf("line %d (%s): %v\n", count+1, words[0], err)
			os.Exit(1)
		}
		count++
	}
	fmt.Println(count, "lines hold")
}
