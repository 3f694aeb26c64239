/** Why a client cannot connect: facts about server, realm and client in, findings with their fix out. */
@NullMarked
package io.github.keycloakmcp.rule.diagnosis;

import org.jspecify.annotations.NullMarked;
