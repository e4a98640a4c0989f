// Judge reads a folder as a C2SP transparency log and says whether all of it holds, with the notes and trees of
// golang.org/x/mod only: no line of it is shared with coseal.
//
//	judge LOGDIR VKEY [--older CHECKPOINTFILE] [--proof FILE --entry FILE]...
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	height = 8
	width  = 1 << height
	// The judge holds the whole log in memory.
	maxSize = 1 << 20
	maxFile = width * (2 + 1<<16)
)

func main() {
	said, err := judge(os.Args[1:])
	if err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
	fmt.Println("holds:", said)
}

type task struct {
	dir, older     string
	key            note.Verifier
	proofs, claims []string
}

func readTask(args []string) (t task, err error) {
	if len(args) < 2 {
		return t, errors.New("usage: judge LOGDIR VKEY [--older CHECKPOINTFILE] [--proof FILE --entry FILE]...")
	}
	t.dir = args[0]
	if t.key, err = note.NewVerifier(args[1]); err != nil {
		return t, err
	}
	for args = args[2:]; len(args) > 0; args = args[2:] {
		if len(args) == 1 {
			return t, errors.New("an option wants a file")
		}
		switch args[0] {
		case "--older":
			t.older = args[1]
		case "--proof":
			t.proofs = append(t.proofs, args[1])
		case "--entry":
			t.claims = append(t.claims, args[1])
		default:
			return t, errors.New("unknown option")
		}
	}
	if len(t.proofs) != len(t.claims) {
		return t, errors.New("each proof wants its entry")
	}
	return t, nil
}

func judge(args []string) (string, error) {
	t, err := readTask(args)
	if err != nil {
		return "", err
	}
	data, err := readFile(filepath.Join(t.dir, "checkpoint"))
	if err != nil {
		return "", err
	}
	tree, err := openCheckpoint(data, t.key)
	if err != nil {
		return "", fmt.Errorf("checkpoint: %w", err)
	}
	entries, err := readEntries(t.dir, tree.N)
	if err != nil {
		return "", err
	}
	own, err := rebuild(entries)
	if err != nil {
		return "", err
	}
	root, err := tlog.TreeHash(tree.N, own)
	if err != nil {
		return "", err
	}
	if root != tree.Hash {
		return "", errors.New("the entries don't have the root of the checkpoint")
	}
	tiles, err := checkFiles(t.dir, entries, own)
	if err != nil {
		return "", err
	}
	stored := tlog.TileHashReader(tree, folder{t.dir})
	if err := checkLeaves(tree.N, own, stored); err != nil {
		return "", err
	}
	said := fmt.Sprintf("%d entries, %d files under tile/", tree.N, tiles)
	if t.older != "" {
		size, err := checkGrowth(t, tree, stored)
		if err != nil {
			return "", fmt.Errorf("growth: %w", err)
		}
		said += fmt.Sprintf(", grown from %d", size)
	}
	for i, file := range t.proofs {
		if err := checkProof(file, t.claims[i], t.key); err != nil {
			return "", fmt.Errorf("proof %d: %w", i+1, err)
		}
	}
	return said + fmt.Sprintf(", %d proofs", len(t.proofs)), nil
}

func readFile(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, errors.New("a file of the log is missing: " + filepath.Base(path))
	}
	if !info.Mode().IsRegular() || info.Size() > maxFile {
		return nil, errors.New("not a file of a fair size: " + filepath.Base(path))
	}
	return os.ReadFile(path)
}

// openCheckpoint opens a note of the log and reads its three lines.
func openCheckpoint(data []byte, key note.Verifier) (tree tlog.Tree, err error) {
	signed, err := note.Open(data, note.VerifierList(key))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return tree, errors.New("not three lines")
	}
	if lines[0] != key.Name() {
		return tree, errors.New("another origin")
	}
	tree.N, err = decimal(lines[1])
	if err != nil || tree.N > maxSize {
		return tree, errors.New("no size, or too large for the judge")
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, err
}

func decimal(text string) (int64, error) {
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < 0 || strconv.FormatInt(number, 10) != text {
		return 0, errors.New("not a decimal number: " + strconv.Quote(text))
	}
	return number, nil
}

// place is the C2SP path of a tile; x/mod's own has the height in it and "data" for entries.
func place(level string, tile tlog.Tile) string {
	path := fmt.Sprintf("%03d", tile.N%1000)
	for n := tile.N / 1000; n > 0; n /= 1000 {
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	if tile.W != width {
		path += fmt.Sprintf(".p/%d", tile.W)
	}
	return "tile/" + level + "/" + path
}

func readEntries(dir string, size int64) (entries [][]byte, err error) {
	for n := int64(0); n*width < size; n++ {
		w := size - n*width
		if w > width {
			w = width
		}
		data, err := readFile(filepath.Join(dir, place("entries", tlog.Tile{N: n, W: int(w)})))
		if err != nil {
			return nil, err
		}
		for ; w > 0; w-- {
			if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("bundle %d is cut", n)
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			entries = append(entries, data[2:end])
			data = data[end:]
		}
		if len(data) > 0 {
			return nil, fmt.Errorf("bundle %d has more entries", n)
		}
	}
	return entries, nil
}

// rebuild works out all hashes of the tree from the entries.
func rebuild(entries [][]byte) (tlog.HashReader, error) {
	var hashes []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			if index >= int64(len(hashes)) {
				return nil, errors.New("no such hash")
			}
			found[i] = hashes[index]
		}
		return found, nil
	})
	for n, entry := range entries {
		more, err := tlog.StoredHashes(int64(n), entry, reader)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, more...)
	}
	return reader, nil
}

var tilePath = regexp.MustCompile(`^tile/(entries|[0-9]+)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([0-9]+))?$`)

// checkFiles compares every file under tile/ with what the entries make of it.
func checkFiles(dir string, entries [][]byte, own tlog.HashReader) (count int, err error) {
	top := filepath.Join(dir, "tile")
	if _, err := os.Stat(top); err != nil && len(entries) == 0 {
		return 0, nil
	}
	err = filepath.WalkDir(top, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		count++
		return checkFile(dir, filepath.ToSlash(name), entries, own)
	})
	return count, err
}

func checkFile(dir, name string, entries [][]byte, own tlog.HashReader) error {
	parts := tilePath.FindStringSubmatch(name)
	if parts == nil {
		return errors.New("not a path of a tile: " + name)
	}
	tile := tlog.Tile{H: height, W: width}
	tile.N, _ = strconv.ParseInt(strings.NewReplacer("x", "", "/", "").Replace(parts[2]), 10, 64)
	if parts[3] != "" {
		tile.W, _ = strconv.Atoi(parts[3])
	}
	if parts[1] != "entries" {
		tile.L, _ = strconv.Atoi(parts[1])
	}
	partial := parts[3] == "" || 0 < tile.W && tile.W < width
	if place(parts[1], tile) != name || !partial || tile.L > 6 {
		return errors.New("not how the path of a tile is written: " + name)
	}
	data, err := readFile(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	if (tile.N*width+int64(tile.W))<<(height*tile.L) > int64(len(entries)) {
		return errors.New("beyond the size of the log: " + name)
	}
	var want []byte
	if parts[1] == "entries" {
		first := tile.N * width
		want = bundle(entries[first : first+int64(tile.W)])
	} else if want, err = tlog.ReadTileData(tile, own); err != nil {
		return err
	}
	if !bytes.Equal(data, want) {
		return errors.New("not what the entries make of it: " + name)
	}
	return nil
}

func bundle(entries [][]byte) (data []byte) {
	for _, entry := range entries {
		var length [2]byte
		binary.BigEndian.PutUint16(length[:], uint16(len(entry)))
		data = append(append(data, length[:]...), entry...)
	}
	return data
}

// folder gives x/mod the tiles of a C2SP log. A full tile stands in for a partial one that was cleaned away.
type folder struct{ dir string }

func (f folder) Height() int { return height }

func (f folder) ReadTiles(tiles []tlog.Tile) (all [][]byte, err error) {
	for _, tile := range tiles {
		data, err := readFile(filepath.Join(f.dir, place(strconv.Itoa(tile.L), tile)))
		if err != nil {
			wide := tile
			wide.W = width
			if data, err = readFile(filepath.Join(f.dir, place(strconv.Itoa(tile.L), wide))); err != nil {
				return nil, err
			}
		}
		if len(data) < tile.W*tlog.HashSize {
			return nil, errors.New("a tile is cut")
		}
		all = append(all, data[:tile.W*tlog.HashSize])
	}
	return all, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

// checkLeaves reads every leaf through the stored tiles, as a client would that has no entries.
func checkLeaves(size int64, own, stored tlog.HashReader) error {
	if size == 0 {
		return nil
	}
	indexes := make([]int64, size)
	for n := range indexes {
		indexes[n] = tlog.StoredHashIndex(0, int64(n))
	}
	want, err := own.ReadHashes(indexes)
	if err != nil {
		return err
	}
	got, err := stored.ReadHashes(indexes)
	if err != nil {
		return err
	}
	for n := range got {
		if got[n] != want[n] {
			return fmt.Errorf("leaf %d of the tiles is not its entry's", n)
		}
	}
	return nil
}

func checkGrowth(t task, tree tlog.Tree, stored tlog.HashReader) (int64, error) {
	data, err := readFile(t.older)
	if err != nil {
		return 0, err
	}
	older, err := openCheckpoint(data, t.key)
	if err != nil {
		return 0, err
	}
	if older.N > tree.N {
		return 0, errors.New("the log was longer before")
	}
	if older.N == 0 {
		return 0, nil
	}
	proof, err := tlog.ProveTree(tree.N, older.N, stored)
	if err != nil {
		return 0, err
	}
	return older.N, tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash)
}

// checkProof reads a c2sp.org/tlog-proof@v1 and checks it on its own, without the log.
func checkProof(file, claim string, key note.Verifier) error {
	data, err := readFile(file)
	if err != nil {
		return err
	}
	entry, err := readFile(claim)
	if err != nil {
		return err
	}
	head, checkpoint, found := bytes.Cut(data, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not a tlog-proof")
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") {
		if _, err := base64.StdEncoding.Strict().DecodeString(lines[0][6:]); err != nil || len(lines) < 2 {
			return errors.New("no extra data")
		}
		lines = lines[1:]
	}
	if !strings.HasPrefix(lines[0], "index ") {
		return errors.New("no index")
	}
	index, err := decimal(lines[0][6:])
	if err != nil {
		return err
	}
	var proof tlog.RecordProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		proof = append(proof, hash)
	}
	tree, err := openCheckpoint(checkpoint, key)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry))
}
