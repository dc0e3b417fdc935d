"""Chat messages to problems that wait for a person's word: what was found is proposed with the words it rests on, never taken."""
